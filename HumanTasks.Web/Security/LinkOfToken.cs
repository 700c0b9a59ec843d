using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// Binds an antiforgery token to the link whose page it was created for: it is invalid for any other link. A member's
/// own token, from <c>GET /api/me</c>, is valid wherever their cookie is.
/// </summary>
internal sealed class LinkOfToken : IAntiforgeryAdditionalDataProvider
{
    public string GetAdditionalData(HttpContext context) => Of(context);

    public bool ValidateAdditionalData(HttpContext context, string additionalData) =>
        additionalData == Of(context) || (additionalData.Length == 0 && context.User.IsMember());

    private static string Of(HttpContext context) =>
        context.Request.RouteValues["token"] is string token
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)).AsSpan(0, 16))
            : "";
}
