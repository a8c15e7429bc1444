# SPDX-License-Identifier: GPL-3.0-or-later

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion
                    -Wstrict-prototypes -Wmissing-prototypes)
if(ROLLCALL_WERROR)
  add_compile_options(-Werror)
endif()
if(ROLLCALL_SANITIZE)
  add_compile_options(-fsanitize=${ROLLCALL_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ROLLCALL_SANITIZE})
endif()
add_compile_definitions(_POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)

# module(NAME [LINKS...]): the library of src/NAME/*.c
function(module name)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.c)
  add_library(rollcall_${name} STATIC ${sources})
  target_include_directories(rollcall_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  link_modules(rollcall_${name} ${ARGN})
endfunction()

# link_modules(TARGET [LINKS...]): a module of ours by its short name, anything
# else as it stands
function(link_modules target)
  foreach(link ${ARGN})
    if(TARGET rollcall_${link})
      target_link_libraries(${target} PUBLIC rollcall_${link})
    else()
      target_link_libraries(${target} PUBLIC ${link})
    endif()
  endforeach()
endfunction()

# program(NAME FOLDER [LINKS...]): an installed executable of src/FOLDER/*.c
function(program name folder)
  file(GLOB sources CONFIGURE_DEPENDS
       ${PROJECT_SOURCE_DIR}/src/${folder}/*.c)
  add_executable(${name} ${sources})
  target_compile_definitions(${name} PRIVATE
    ROLLCALL_VERSION="${PROJECT_VERSION}")
  link_modules(${name} ${ARGN})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()

# share(FOLDER): data files, found beside the program in the build tree as in
# an installed one (bin/rollcall looks in ../share/rollcall)
function(share folder)
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/rollcall)
  file(CREATE_LINK ${PROJECT_SOURCE_DIR}/${folder}
       ${CMAKE_BINARY_DIR}/share/rollcall/${folder} SYMBOLIC)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/rollcall)
endfunction()
