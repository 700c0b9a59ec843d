using System.Diagnostics;
using System.Text;
using HumanTasks.Bench.Http;

namespace HumanTasks.Bench.Load;

/// <summary>A client that is both caller and reviewer, on one connection. It checks every response.</summary>
internal sealed class Client(Target target, Sequence sequence) : IDisposable
{
    private const int MostLooks = 100;

    private readonly Connection _connection = new(target.Endpoint);
    private readonly PreparedRequest _create = Journey.CreateRequest(target);
    private readonly PreparedRequest _assign = Journey.AssignRequest(target);
    private readonly PreparedRequest _brief = Journey.BriefRequest(target);
    private readonly PreparedRequest _submit = Journey.SubmitRequest(target);
    private readonly PreparedRequest _await = Journey.AwaitRequest(target);

    private int _assigned;

    public Resumed? LastResumed { get; private set; }

    public async ValueTask<CycleTimes> CycleAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var paused = await CreateAsync();
        var created = Stopwatch.GetTimestamp();
        LastResumed = await ResumeAsync(paused);
        return new CycleTimes(created - started, Stopwatch.GetTimestamp() - created);
    }

    public ValueTask<Paused> CreateAsync() => CreateAsync(_create, "");

    /// <summary>Creates a task for one of a thousand assignees, with varied due and expiry times.</summary>
    public ValueTask<Paused> AssignAsync() => CreateAsync(_assign, $"{_assigned++ % 1000:000}");

    /// <summary>Creates a link that expires within the minute.</summary>
    public ValueTask<Paused> AskBrieflyAsync() => CreateAsync(_brief, "");

    private async ValueTask<Paused> CreateAsync(PreparedRequest request, string hole)
    {
        var number = sequence.Next();
        var answer = Expect(201, await _connection.SendAsync(request.Fill(hole, number)), "create");
        Member(answer, "taskId"u8, "create");

        return new Paused(
            number,
            Member(answer, "runId"u8, "create"),
            Member(answer, "correlationId"u8, "create"),
            new Uri(Member(answer, "link"u8, "create")).PathAndQuery);
    }

    public async ValueTask<Resumed> ResumeAsync(Paused paused)
    {
        var request = _submit.Fill(paused.ReviewPath, paused.Number);
        var answer = Expect(200, await _connection.SendAsync(request), "submit");
        Member(answer, "responseId"u8, "submit");
        var runId = Member(answer, "runId"u8, "submit");

        if (runId == paused.RunId || Member(answer, "correlationId"u8, "submit") != paused.CorrelationId)
        {
            throw Unexpected("submit", answer, "does not name a continuation under the same correlation id");
        }

        for (var look = 0; look < MostLooks; look++)
        {
            answer = Expect(200, await _connection.SendAsync(_await.Fill(runId, paused.Number)), "await");

            switch (Member(answer, "status"u8, "await"))
            {
                case "completed":
                    return new Resumed(paused.Number, runId);
                case "failed" or "cancelled" or "expired":
                    throw Unexpected("await", answer, "is over but not completed");
                default:
                    continue;
            }
        }

        throw Unexpected("await", answer, $"is not over after {MostLooks} looks");
    }

    public void Dispose() => _connection.Dispose();

    private static Answer Expect(int status, Answer answer, string request) => answer.Status == status
        ? answer
        : throw Unexpected(request, answer, $"is not {status}");

    private static string Member(Answer answer, ReadOnlySpan<byte> name, string request) =>
        JsonMembers.Text(answer.Body, name) is { Length: > 0 } value
            ? value
            : throw Unexpected(request, answer, $"lacks {Encoding.UTF8.GetString(name)}");

    private static InvalidDataException Unexpected(string request, Answer answer, string what) =>
        new($"{request}: the answer {what}: {answer.Describe()}");
}
