using System.Diagnostics;
using System.Net;
using HumanTasks.Core.Engine.Turns;

namespace HumanTasks.Tests.Runs;

/// <summary>What spans say of turns and effects that fail: names of errors, and never a value.</summary>
public sealed class MarkingFailedTurns : IDisposable
{
    private readonly EngineHarness harness = new();
    private readonly List<Activity> spans = [];
    private readonly ActivityListener listener;

    public MarkingFailedTurns()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        harness.Dispose();
    }

    [Fact]
    public async Task A_turn_that_throws_is_an_error_with_the_type_of_the_exception()
    {
        await harness.SaveAsync("call", """[{ "type": "http", "name": "call", "method": "POST", "url": "https://a.example/path" }]""");
        harness.WhileCommitting = () => throw new InvalidDataException("a value of 4711");

        await Assert.ThrowsAsync<InvalidDataException>(() => harness.StartAsync("call"));

        var turn = Assert.Single(Mine("turn"), span => span.Status == ActivityStatusCode.Error);
        Assert.Equal(typeof(InvalidDataException).FullName, turn.GetTagItem("error.type"));
        Assert.Null(turn.StatusDescription);
        Assert.DoesNotContain(turn.TagObjects, tag => tag.Value is string text && text.Contains("4711", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_that_fails_is_an_error_with_method_host_and_status()
    {
        await harness.SaveAsync("call", """[{ "type": "http", "name": "call", "method": "PUT", "url": "https://a.example/path?x=4711" }]""");
        harness.World.Answer = _ => new HttpResponseMessage(HttpStatusCode.NotFound);

        await harness.StartAsync("call");

        var effect = Assert.Single(Mine("effect http"));
        Assert.Equal(ActivityStatusCode.Error, effect.Status);
        Assert.Equal("PUT", effect.GetTagItem("http.request.method"));
        Assert.Equal("a.example", effect.GetTagItem("server.address"));
        Assert.Equal(404, effect.GetTagItem("http.response.status_code"));
        Assert.Equal("http.status.404", effect.GetTagItem("error.type"));
        Assert.DoesNotContain(effect.TagObjects, tag => tag.Value is string text && text.Contains("path", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_email_that_meets_an_exception_is_an_error_of_its_span()
    {
        await harness.SaveAsync("mail", """[{ "type": "email", "name": "mail", "to": "ada@example.com", "subject": "s", "body": "b" }]""");
        harness.Mail.WhileSending = () => throw new InvalidDataException("4711");

        await harness.StartAsync("mail");

        var effect = Mine("effect email")[0];
        Assert.Equal(ActivityStatusCode.Error, effect.Status);
        Assert.Equal(typeof(InvalidDataException).FullName, effect.GetTagItem("error.type"));
    }

    /// <summary>The spans of this test's harness: other tests run at the same time.</summary>
    private Activity[] Mine(string name)
    {
        lock (spans)
        {
            return [.. spans.Where(span => span.OperationName == name && IsOfThisHouse(span))];
        }
    }

    private bool IsOfThisHouse(Activity span) => span.GetTagItem("humantasks.run.id") is string run
        && harness.Store.FindRunAsync(run, default).GetAwaiter().GetResult() is not null;
}
