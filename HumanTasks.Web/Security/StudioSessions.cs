using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using HumanTasks.Core.Links;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// Sessions of members, kept on the server: ending one there ends it everywhere. The cookie holds a token of 256 random
/// bits; only its SHA-256 is stored.
/// </summary>
public sealed class StudioSessions(IDocumentStore documents, TimeProvider time)
{
    public const string CookieName = "ht-session";

    /// <summary>How long a session lives, used or not.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int MaxListed = 100;
    private const int MaxDevice = 80;
    private const int MaxCookie = 600;

    /// <summary>Begins a session and gives the browser its cookie.</summary>
    /// <param name="context">The request that signed in.</param>
    /// <param name="address">The member's.</param>
    /// <param name="how">By what they were known: <c>code</c>, <c>link</c>, <c>openIdConnect</c>, <c>appService</c>.</param>
    public async Task BeginAsync(HttpContext context, string address, string how)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = time.GetUtcNow();
        var session = new StudioSession(
            HashOf(token), PersonAddress.Written(address), now, now + Lifetime, how, DeviceOf(context.Request));
        await documents.PutAsync(
            new Document(
                OwnerOf(session.Address),
                session.Id,
                JsonSerializer.SerializeToUtf8Bytes(session, SessionJson.Default.StudioSession),
                ExpiresAt: session.ExpiresAt),
            context.RequestAborted);
        context.Response.Cookies.Append(
            CookieName, $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(session.Address))}.{token}", Cookie(context.Request, Lifetime));
    }

    /// <summary>The session of a request's cookie, or null when there is none that is alive.</summary>
    public async Task<StudioSession?> FindAsync(HttpRequest request)
    {
        if (request.Cookies[CookieName] is not { Length: > 0 and < MaxCookie } cookie
            || cookie.Split('.') is not [var encoded, { Length: > 0 } token]
            || !Base64Url.IsValid(encoded))
        {
            return null;
        }

        var address = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(encoded));
        return await documents.FindAsync(OwnerOf(address), HashOf(token), request.HttpContext.RequestAborted) is { } document
            && Read(document) is var session
            && session.Address == address
            && time.GetUtcNow() < session.ExpiresAt
                ? session
                : null;
    }

    /// <summary>A member's sessions, newest first.</summary>
    public async Task<IReadOnlyList<StudioSession>> ListAsync(string address, CancellationToken cancellationToken) =>
    [
        .. (await documents.ListAsync(OwnerOf(address), "", MaxListed, cancellationToken))
            .Select(Read)
            .Where(session => time.GetUtcNow() < session.ExpiresAt)
            .OrderByDescending(session => session.BeganAt),
    ];

    /// <summary>Ends one of a member's sessions; false when they have none with this id.</summary>
    public async Task<bool> EndAsync(string address, string id, CancellationToken cancellationToken)
    {
        if (id.Length != 2 * SHA256.HashSizeInBytes || !id.All(char.IsAsciiHexDigitLower)
            || await documents.FindAsync(OwnerOf(address), id, cancellationToken) is null)
        {
            return false;
        }

        await documents.DeleteAsync(OwnerOf(address), id, cancellationToken);
        return true;
    }

    public static void Forget(HttpResponse response) => response.Cookies.Delete(CookieName, Cookie(response.HttpContext.Request, null));

    private static CookieOptions Cookie(HttpRequest request, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = $"{request.PathBase}/",
        SameSite = SameSiteMode.Lax, // a link in a mail opens from another site
    };

    private static StudioSession Read(Document document) =>
        JsonSerializer.Deserialize(document.Body.Span, SessionJson.Default.StudioSession)
        ?? throw new InvalidOperationException($"The session {document.Key} is empty.");

    private static string OwnerOf(string address) => $"sessions.{OneTimeCodes.KeyOf(address)}";

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What helps somebody to know their own session again: browser and system, nothing else of the header.</summary>
    private static string DeviceOf(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        string Pick(string unknown, params ReadOnlySpan<(string Mark, string Name)> known)
        {
            foreach (var (mark, name) in known)
            {
                if (agent.Contains(mark, StringComparison.OrdinalIgnoreCase))
                {
                    return name;
                }
            }

            return unknown;
        }

        var browser = Pick("A browser", ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
        var system = Pick(
            "unknown operating system", ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"));
        return $"{browser} on {system}" is { Length: <= MaxDevice } device ? device : browser;
    }
}

/// <summary>A member's session.</summary>
/// <param name="Id">The SHA-256 of its token: names it, and opens nothing.</param>
/// <param name="Address">Whose it is.</param>
/// <param name="BeganAt">When they signed in.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="How">By what they were known.</param>
/// <param name="Device">Browser and system.</param>
public sealed record StudioSession(
    string Id, string Address, DateTimeOffset BeganAt, DateTimeOffset ExpiresAt, string How, string Device);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StudioSession))]
internal sealed partial class SessionJson : JsonSerializerContext;
