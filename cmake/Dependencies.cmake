# SPDX-License-Identifier: GPL-3.0-or-later

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(LIBFYAML REQUIRED IMPORTED_TARGET libfyaml)
pkg_check_modules(SPEEXDSP REQUIRED IMPORTED_TARGET speexdsp)
pkg_check_modules(ESPEAK REQUIRED IMPORTED_TARGET espeak-ng)
pkg_check_modules(POCKETSPHINX REQUIRED IMPORTED_TARGET pocketsphinx)
# 5prealpha keeps its base library apart; in 5.x it is part of pocketsphinx
pkg_check_modules(SPHINXBASE IMPORTED_TARGET sphinxbase)
if(NOT SPHINXBASE_FOUND)
  add_library(PkgConfig::SPHINXBASE INTERFACE IMPORTED)
endif()
pkg_check_modules(PORTAUDIO REQUIRED IMPORTED_TARGET portaudio-2.0)
pkg_check_modules(SNDFILE REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
# only to silence ALSA's own messages; absent outside Linux
pkg_check_modules(ALSA IMPORTED_TARGET alsa)
if(NOT ALSA_FOUND)
  add_library(PkgConfig::ALSA INTERFACE IMPORTED)
endif()
if(ROLLCALL_TESTS)
  pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka)
endif()
