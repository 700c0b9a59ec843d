using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HumanTasks.Web.Errors;

/// <summary>Creates the problem details (RFC 9457) of every refusal. No other code creates them.</summary>
public static class ApiProblem
{
    public const string RetryStorageAfterSeconds = "5";

    private const string TypePrefix = "urn:humantasks:problem:";

    public static ProblemHttpResult Of(
        int status, string slug, string title, string? detail = null, string? correlationId = null) =>
        TypedResults.Problem(Details(status, slug, title, detail, correlationId));

    public static ProblemDetails Details(
        int status, string slug, string title, string? detail = null, string? correlationId = null)
    {
        var details = new ProblemDetails
        {
            Type = TypeOf(slug),
            Title = title,
            Status = status,
            Detail = detail,
        };
        if (correlationId is not null)
        {
            details.Extensions["correlationId"] = correlationId;
        }

        return details;
    }

    /// <summary>Returns the type of the problem with a slug.</summary>
    public static string TypeOf(string slug) => TypePrefix + slug;

    /// <summary>Returns the slug of a problem's type; null if the type is not ours.</summary>
    public static string? SlugOf(string? type) =>
        type is not null && type.StartsWith(TypePrefix, StringComparison.Ordinal) ? type[TypePrefix.Length..] : null;

    public static ProblemHttpResult Malformed(string detail) =>
        Of(StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", detail);

    public static ProblemHttpResult TooLarge(long limit) => Of(
        StatusCodes.Status413PayloadTooLarge,
        "payload-too-large",
        "The request is too large",
        $"The limit is {limit} bytes.");

    public static ProblemHttpResult UnknownMedia() => Of(
        StatusCodes.Status415UnsupportedMediaType,
        "unsupported-media-type",
        "The media type is not supported",
        "Send JSON with Content-Type: application/json.");

    public static ProblemHttpResult TooManyRequests() => Of(
        StatusCodes.Status429TooManyRequests,
        "too-many-requests",
        "Too many requests",
        "Wait a minute, then try again.");

    public static ProblemHttpResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "not-found", "Not found", $"No such {what} in this environment.");

    public static ProblemHttpResult KeyReused() => Of(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "Idempotency key already used",
        "This key was used with a different request. Use a new key.");

    /// <summary>Returns 400: a member's cookie without the antiforgery token.</summary>
    public static ProblemHttpResult Forged() => Of(
        StatusCodes.Status400BadRequest,
        "antiforgery-token-missing",
        "The antiforgery token is missing or invalid",
        "Send the 'csrfToken' of GET /api/me in the header X-CSRF-Token.");

    /// <summary>Returns 503 with the time after which to try again.</summary>
    public static ProblemHttpResult StorageUnavailable(HttpContext context)
    {
        RetryStorageLater(context);
        return Of(
            StatusCodes.Status503ServiceUnavailable,
            "storage-unavailable",
            "Storage unavailable",
            "Nothing changed. Retry after the number of seconds in Retry-After.");
    }

    /// <summary>Sets the time after which to try again.</summary>
    internal static void RetryStorageLater(HttpContext context) =>
        context.Response.Headers.RetryAfter = RetryStorageAfterSeconds;

    /// <summary>Returns 400: a cursor that the list did not create.</summary>
    public static ProblemHttpResult InvalidCursor()
    {
        const string Message = "Invalid 'cursor'. Start without a cursor and pass 'next' unchanged.";
        var details = Details(StatusCodes.Status400BadRequest, "invalid-query", "Invalid query", Message);
        details.Extensions["errors"] = new[] { new InputError("cursor", Message) };
        return TypedResults.Problem(details);
    }

    public static ProblemHttpResult InvalidQuery(string parameter, string message)
    {
        var details = Details(StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", message);
        details.Extensions["errors"] = new[] { new InputError(parameter, message) };
        return TypedResults.Problem(details);
    }

    /// <summary>Returns 422 with every problem of a document, or 400 when its shape is wrong.</summary>
    public static ProblemHttpResult InvalidDocument(IReadOnlyList<Problem> problems, bool shapeIsMalformed = true)
    {
        var malformed = shapeIsMalformed && problems.Any(problem => problem.Shape);
        var details = malformed
            ? Details(StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", "The body has missing, unknown or wrongly typed members. See 'errors'.")
            : Details(StatusCodes.Status422UnprocessableEntity, "invalid-request", "Invalid request", "Some values are invalid. See 'errors'.");
        details.Extensions["errors"] = problems.Select(problem => new InputError(problem.Pointer, problem.Message)).ToArray();
        return TypedResults.Problem(details);
    }

    /// <summary>Returns 422 with every problem of a person's input.</summary>
    public static ProblemHttpResult InvalidFormInput(IReadOnlyList<InputProblem> problems, string? correlationId)
    {
        var details = Details(
            StatusCodes.Status422UnprocessableEntity,
            "invalid-form-input",
            "Invalid form input",
            "Some fields are invalid. See 'errors'.",
            correlationId);
        details.Extensions["errors"] = problems.Select(problem => new InputError(problem.Pointer, problem.Message)).ToArray();
        return TypedResults.Problem(details);
    }
}
