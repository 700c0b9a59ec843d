using System.Text.Json;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HumanTasks.Web.Security;

/// <summary>
/// Reads the header in which App Service Authentication names the user. Where the header is not trusted, requests with
/// it are refused: it is forged, or the deployment is misconfigured.
/// </summary>
public sealed partial class PlatformPrincipal(HumanTasksOptions options, ILogger<PlatformPrincipal> logger)
{
    public const string Header = "X-MS-CLIENT-PRINCIPAL";

    private const int MaxLength = 32_768;

    private static readonly string[] EmailTypes =
        ["email", "emails", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"];

    public bool IsTrusted => options.SignIn.AppService;

    /// <summary>Refuses requests that carry the header where it is not trusted.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (IsTrusted || !context.Request.Headers.ContainsKey(Header)
            || context.Surface() is Surface.Open or Surface.Review) // nobody is identified there
        {
            return next(context);
        }

        LogUntrusted(context.TraceIdentifier);
        return ApiProblem.Of(
            StatusCodes.Status403Forbidden,
            "untrusted-principal-header",
            $"{Header} is not accepted",
            "HumanTasks:SignIn:AppService is off. Turn it on only if App Service Authentication handles every request.",
            context.TraceIdentifier).ExecuteAsync(context);
    }

    /// <summary>Returns the address in the header; null if it is absent or not trusted.</summary>
    public string? AddressOf(HttpRequest request)
    {
        if (!IsTrusted || request.Headers[Header] is not [{ Length: > 0 and < MaxLength } header])
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(header));
            return document.RootElement.TryGetProperty("claims", out var claims) && claims.ValueKind == JsonValueKind.Array
                ? claims.EnumerateArray().Select(AddressIn).FirstOrDefault(address => address is not null)
                : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            LogMalformed(request.HttpContext.TraceIdentifier, malformed.Message);
            return null;
        }
    }

    private static string? AddressIn(JsonElement claim) =>
        claim.ValueKind == JsonValueKind.Object
        && claim.TryGetProperty("typ", out var type) && claim.TryGetProperty("val", out var value)
        && value.ValueKind == JsonValueKind.String && EmailTypes.Contains(type.GetString())
            ? value.GetString()
            : null;

    [LoggerMessage(LogLevel.Error, "Refused a request with an untrusted X-MS-CLIENT-PRINCIPAL header (correlation ID {CorrelationId})")]
    private partial void LogUntrusted(string correlationId);

    [LoggerMessage(LogLevel.Warning, "Couldn't read X-MS-CLIENT-PRINCIPAL (correlation ID {CorrelationId}): {Problem}")]
    private partial void LogMalformed(string correlationId, string problem);
}
