using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace HumanTasks.Web.Errors;

/// <summary>The problem details (RFC 9457) of every refusal, made here and nowhere else.</summary>
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
            Type = TypePrefix + slug,
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

    /// <summary>The slug of a problem's type; null for what is no type of ours.</summary>
    public static string? SlugOf(string? type) =>
        type is not null && type.StartsWith(TypePrefix, StringComparison.Ordinal) ? type[TypePrefix.Length..] : null;

    public static ProblemHttpResult Malformed(string detail) =>
        Of(StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", detail);

    public static ProblemHttpResult TooLarge(long limit) => Of(
        StatusCodes.Status413PayloadTooLarge,
        "payload-too-large",
        "The request is too large",
        $"At most {limit} bytes are accepted here.");

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
        Of(StatusCodes.Status404NotFound, "not-found", "Not found", $"There is no such {what} in this environment.");

    public static ProblemHttpResult KeyReused() => Of(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency-key-reused",
        "The idempotency key was used for another request",
        "Use a new key for a new request.");

    /// <summary>400: a member's cookie without the token that no page of another site can know.</summary>
    public static ProblemHttpResult Forged() => Of(
        StatusCodes.Status400BadRequest,
        "antiforgery-token-missing",
        "The antiforgery token is missing or wrong",
        "Send the 'csrfToken' of GET /api/me in the header X-CSRF-Token.");

    /// <summary>503 with the time after which it is worth another try.</summary>
    public static ProblemHttpResult StorageUnavailable(HttpContext context)
    {
        RetryStorageLater(context);
        return Of(
            StatusCodes.Status503ServiceUnavailable,
            "storage-unavailable",
            "Nothing can be stored at the moment",
            "Nothing was done. Send the same again in a moment.");
    }

    /// <summary>Says when it is worth another try.</summary>
    internal static void RetryStorageLater(HttpContext context) =>
        context.Response.Headers.RetryAfter = RetryStorageAfterSeconds;

    /// <summary>400: a cursor that the list did not make.</summary>
    public static ProblemHttpResult InvalidCursor()
    {
        const string Message = "This 'cursor' is none that this list made: begin without one, and pass on 'next' as it is.";
        var details = Details(StatusCodes.Status400BadRequest, "invalid-query", "The query is not valid", Message);
        details.Extensions["errors"] = new[] { new InputError("cursor", Message) };
        return TypedResults.Problem(details);
    }

    public static ProblemHttpResult InvalidQuery(string parameter, string message)
    {
        var details = Details(StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", message);
        details.Extensions["errors"] = new[] { new InputError(parameter, message) };
        return TypedResults.Problem(details);
    }

    /// <summary>422 with every problem of a document; 400 when its shape is already wrong.</summary>
    public static ProblemHttpResult InvalidDocument(IReadOnlyList<Problem> problems, bool shapeIsMalformed = true)
    {
        var malformed = shapeIsMalformed && problems.Any(problem => problem.Shape);
        var details = malformed
            ? Details(StatusCodes.Status400BadRequest, "malformed-request", "The request is malformed", "The body does not have the expected shape.")
            : Details(StatusCodes.Status422UnprocessableEntity, "invalid-request", "The request is not valid", "Some values break a rule.");
        details.Extensions["errors"] = problems.Select(problem => new InputError(problem.Pointer, problem.Message)).ToArray();
        return TypedResults.Problem(details);
    }

    /// <summary>422 with every problem of a person's input.</summary>
    public static ProblemHttpResult InvalidFormInput(IReadOnlyList<InputProblem> problems, string? correlationId)
    {
        var details = Details(
            StatusCodes.Status422UnprocessableEntity,
            "invalid-form-input",
            "The form input is not valid",
            "Some fields need another look.",
            correlationId);
        details.Extensions["errors"] = problems.Select(problem => new InputError(problem.Pointer, problem.Message)).ToArray();
        return TypedResults.Problem(details);
    }
}

/// <param name="Pointer">Where in the request, as a JSON pointer.</param>
/// <param name="Message">What is wrong.</param>
public sealed record InputError(string Pointer, string Message);
