using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanTasks.Core.Links;
using HumanTasks.Core.People;
using HumanTasks.Core.Ports;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Security;

/// <summary>
/// The sessions of members, stored on the server: ending one there ends it everywhere. The cookie holds a token of 256
/// random bits; only its SHA-256 is stored.
/// </summary>
public sealed class StudioSessions(IDocumentStore documents, TimeProvider time)
{
    public const string CookieName = "ht-session";

    internal const string UnknownBrowser = "A browser";
    internal const string UnknownSystem = "unknown operating system";

    /// <summary>The lifetime of a session, whether or not it is used.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int MaxListed = 100;
    private const int MaxDevice = 80;
    private const int MaxCookie = 600;

    /// <summary>Starts a session and sets the browser's cookie.</summary>
    /// <param name="context">The request that signed in.</param>
    /// <param name="address">The member's address.</param>
    /// <param name="how">How they signed in: <c>code</c>, <c>link</c>, <c>openIdConnect</c>, <c>appService</c>.</param>
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

    /// <summary>Returns the session of a request's cookie, or null when it has none that is valid.</summary>
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

    /// <summary>Returns a member's sessions, newest first.</summary>
    public async Task<IReadOnlyList<StudioSession>> ListAsync(string address, CancellationToken cancellationToken) =>
    [
        .. (await documents.ListAsync(OwnerOf(address), "", MaxListed, cancellationToken))
            .Select(Read)
            .Where(session => time.GetUtcNow() < session.ExpiresAt)
            .OrderByDescending(session => session.BeganAt),
    ];

    /// <summary>Ends one of a member's sessions; returns false when they have none with this ID.</summary>
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
        SameSite = SameSiteMode.Lax, // a link in an email opens from another site
    };

    private static StudioSession Read(Document document) =>
        JsonSerializer.Deserialize(document.Body.Span, SessionJson.Default.StudioSession)
        ?? throw new InvalidOperationException($"The session {document.Key} is empty.");

    private static string OwnerOf(string address) => $"sessions.{OneTimeCodes.KeyOf(address)}";

    private static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>
    /// Returns the browser and system, which help members recognize a session; nothing else of the header is kept.
    /// </summary>
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

        var browser = Pick(UnknownBrowser, ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"));
        var system = Pick(
            UnknownSystem, ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"));
        return $"{browser} on {system}" is { Length: <= MaxDevice } device ? device : browser;
    }
}
