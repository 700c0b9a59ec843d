using System.Net;
using System.Text.Json;

namespace HumanTasks.Client;

/// <summary>A request that was refused, as the problem details (RFC 9457) say it.</summary>
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

    /// <summary>Null when there was no answer.</summary>
    public HttpStatusCode? Status { get; }

    /// <summary>Stable, such as <c>urn:humantasks:problem:invalid-form-input</c>; null when the answer had none.</summary>
    public string? ProblemType { get; }

    public string? CorrelationId { get; }

    /// <summary>What is wrong with the input, each with its JSON pointer.</summary>
    public IReadOnlyList<InputError> Errors { get; } = [];

    /// <summary>Whether the problem is of that type, given by its last part, such as <c>task-is-over</c>.</summary>
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
            return null; // what stands before the deployment may answer otherwise
        }
    }

    internal sealed record Problem(string? Type, string? Title, string? Detail, string? CorrelationId, IReadOnlyList<InputError>? Errors);
}

/// <param name="Pointer">Where, as a JSON pointer (RFC 6901).</param>
/// <param name="Message">What is wrong.</param>
public sealed record InputError(string Pointer, string Message);
