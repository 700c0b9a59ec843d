using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace HumanTasks.Web.Api;

/// <summary>Weak ETags of what a response says (RFC 9110).</summary>
internal static class WeakTag
{
    private const int HashLength = 12;

    public static EntityTagHeaderValue Of(ReadOnlySpan<byte> said) =>
        new($"\"{Convert.ToHexStringLower(SHA256.HashData(said).AsSpan(0, HashLength))}\"", isWeak: true);

    /// <summary>Writes the tag into the response and returns whether the caller has what it says already.</summary>
    public static bool IsKnown(HttpContext context, ReadOnlySpan<byte> said)
    {
        var tag = Of(said);
        context.Response.Headers.ETag = tag.ToString();
        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false));
    }
}
