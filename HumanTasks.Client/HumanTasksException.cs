using System.Net;
using System.Text.Json;

namespace HumanTasks.Client;

/// <summary>An error response of the API, read from its problem details (RFC 9457).</summary>
public sealed class HumanTasksException : Exception
{
    public HumanTasksException()
    {
    }

    public HumanTasksException(string message)
        : base(message)
    {
    }

    public HumanTasksException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    private HumanTasksException(HttpStatusCode status, Problem problem)
        : base(problem.Detail ?? problem.Title ?? $"The request was refused with {(int)status}.")
    {
        Status = status;
        ProblemType = problem.Type;
        CorrelationId = problem.CorrelationId;
        Errors = problem.Errors ?? [];
    }

    /// <summary>The HTTP status; null when there was no response.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>
    /// The stable type of the problem, such as <c>urn:humantasks:problem:invalid-form-input</c>; null if the response
    /// had none.
    /// </summary>
    public string? ProblemType { get; }

    public string? CorrelationId { get; }

    /// <summary>The errors in the input, each with its JSON pointer.</summary>
    public IReadOnlyList<InputError> Errors { get; } = [];

    /// <summary>Returns whether the problem has the given slug, such as <c>task-is-over</c>.</summary>
    public bool Is(string slug) => ProblemType == $"urn:humantasks:problem:{slug}";

    internal static async Task<HumanTasksException> OfAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new HumanTasksException(answer.StatusCode, Read(body) ?? new Problem(null, null, null, null, null));
    }

    private static Problem? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ClientJson.Default.Problem);
        }
        catch (JsonException)
        {
            return null; // a proxy in front of the deployment may return another format
        }
    }

    internal sealed record Problem(string? Type, string? Title, string? Detail, string? CorrelationId, IReadOnlyList<InputError>? Errors);
}
