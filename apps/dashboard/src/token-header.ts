/** The request header that carries the dashboard's token: the page sends it, the server asks for it. */
export const TOKEN_HEADER = 'x-solvent-token'
