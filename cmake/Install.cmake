# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is installed beside the program and its shared files, and the Debian
# package made of it ("./run package").

set(ROLLCALL_ZSH_DIR ${CMAKE_INSTALL_DATADIR}/zsh/site-functions
    CACHE STRING "Where zsh looks for completions")
set(ROLLCALL_SYSTEMD_DIR lib/systemd
    CACHE STRING "Where systemd looks for units")
set(from ${PROJECT_SOURCE_DIR}/install)
set(made ${PROJECT_BINARY_DIR}/install)
find_program(GZIP gzip REQUIRED)
find_program(AWK awk REQUIRED)

# compressed(NAME FOLDER COMMAND...): what COMMAND prints, gzipped
set(compressed)
function(compressed name folder)
  add_custom_command(OUTPUT ${made}/${name}.gz
    COMMAND ${ARGN} | ${GZIP} -9n > ${made}/${name}.gz
    DEPENDS ${from}/man.awk ${from}/rollcall.1
            ${PROJECT_SOURCE_DIR}/docs/routine-format.md
            ${PROJECT_SOURCE_DIR}/CHANGELOG.md ${from}/debian.changelog
    VERBATIM)
  set(compressed ${compressed} ${made}/${name}.gz PARENT_SCOPE)
  install(FILES ${made}/${name}.gz DESTINATION ${folder})
endfunction()

file(MAKE_DIRECTORY ${made})
set(cat ${CMAKE_COMMAND} -E cat)
compressed(rollcall.1 ${CMAKE_INSTALL_MANDIR}/man1 ${cat} ${from}/rollcall.1)
compressed(rollcall-routine.5 ${CMAKE_INSTALL_MANDIR}/man5
           ${AWK} -v name=rollcall-routine -v section=5
           -v "about=files of foam-rolling sessions" -f ${from}/man.awk
           ${PROJECT_SOURCE_DIR}/docs/routine-format.md)
compressed(changelog ${CMAKE_INSTALL_DOCDIR}
           ${cat} ${PROJECT_SOURCE_DIR}/CHANGELOG.md)
compressed(changelog.Debian ${CMAKE_INSTALL_DOCDIR}
           ${cat} ${from}/debian.changelog)
add_custom_target(documents ALL DEPENDS ${compressed})

foreach(kind user system)
  configure_file(${from}/systemd/${kind}/rollcall.service
                 ${made}/${kind}/rollcall.service @ONLY)
  install(FILES ${made}/${kind}/rollcall.service
          DESTINATION ${ROLLCALL_SYSTEMD_DIR}/${kind})
endforeach()
install(FILES ${from}/completions/rollcall.bash RENAME rollcall
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${from}/completions/_rollcall DESTINATION ${ROLLCALL_ZSH_DIR})
install(FILES ${from}/completions/rollcall.fish
        DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${from}/rollcall.desktop
        DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${from}/rollcall.metainfo.xml
        DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${from}/rollcall.svg
        DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${from}/copyright README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs
        FILES_MATCHING PATTERN *.md)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The rollcall authors <rollcall@localhost.invalid>")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION sound)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# what no library pulls in: what speaks, and what listens
set(CPACK_DEBIAN_PACKAGE_DEPENDS "espeak-ng-data, pocketsphinx-en-us")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libasound2-plugins")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "foam-rolling sessions, led by voice")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"rollcall says each step of a foam-rolling session, keeps the time of every
roll, hold and rest, counts the last seconds down, and obeys what you say, so
that you never touch a screen while you lie on a roller.

It works offline: nothing that the microphone hears leaves the machine.")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
