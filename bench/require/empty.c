/* The least that Node loads: an addon that exports nothing. Declares what it needs of Node-API, so it compiles without Node's headers. */

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  (void)env;
  return exports;
}
