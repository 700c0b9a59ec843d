// The provider that eng/oidc-provider.sh runs: one client, and any address can sign in without a password.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'humantasks', client_secret: 'for-tests-only', redirect_uris: [process.argv[2]] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false, // claims of a scope stand in the ID token, too
    pkce: { required: () => true },
    cookies: { keys: ['for tests only'] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: (use) => {
        const whole = { sub: id, email: id, email_verified: !id.startsWith('unverified') };
        if (id.startsWith('split')) return use === 'id_token' ? { sub: id, email: id } : { sub: id, email_verified: true };
        if (id.startsWith('userinfo')) return use === 'id_token' ? { sub: id } : whole;
        return whole;
      },
    }),
  });
  server.on('request', provider.callback());
  console.log(issuer);
});
