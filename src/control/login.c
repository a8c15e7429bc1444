// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/login.h"

#ifdef ROLLCALL_MOSQUITTO
#include "control/secret.h"
#include <mosquitto.h>

static enum status
set_name(struct mosquitto *mosq, const struct mqtt_config *config,
         struct diag *diag)
{
    char        password[256] = "";
    enum status st            = STATUS_OK;

    if (config->password_file)
        st =
            secret_read(password, sizeof password, config->password_file, diag);
    if (!st && config->user &&
        mosquitto_username_pw_set(mosq, config->user,
                                  *password ? password : NULL))
        st = STATUS_NO_MEMORY;
    secret_forget(password, sizeof password);
    return st;
}

static enum status
set_tls(struct mosquitto *mosq, const struct mqtt_config *config,
        struct diag *diag)
{
    static const char system[] = "/etc/ssl/certs";
    const char       *folder   = config->ca_file ? NULL : system;

    if (!config->tls) return STATUS_OK;
    if (mosquitto_tls_set(mosq, config->ca_file, folder, NULL, NULL, NULL) ==
        MOSQ_ERR_SUCCESS)
        return STATUS_OK;
    diag_set(diag, config->ca_file ? config->ca_file : system,
             "the certificates cannot be used");
    return STATUS_BAD_INPUT;
}

enum status
login_set(struct mosquitto *mosq, const struct mqtt_config *config,
          struct diag *diag)
{
    enum status st = set_name(mosq, config, diag);
    return st ? st : set_tls(mosq, config, diag);
}
#endif
