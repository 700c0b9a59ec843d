using HumanTasks.Tests.Hosting;

namespace HumanTasks.Tests.Acceptance;

/// <summary>A date and time is asked in a zone that is named, and kept in UTC.</summary>
public class AskingForATime(Deployment deployment) : AcceptanceTest(deployment), IDisposable
{
    private const string Form = """
        { "fields": [{ "name": "at", "type": "dateTime", "label": "When", "required": true, "value": "2026-07-01T12:00:00Z",
          "min": "2026-01-01T00:00", "max": "2026-12-31T23:59" }] }
        """;

    private readonly Visitor person = new(deployment.Address);

    public void Dispose() => person.Dispose();

    [Fact]
    public async Task The_page_asks_in_the_zone_of_the_action_and_names_it()
    {
        var asked = await Api.InterveneAsync("\"timeZone\": \"Europe/Berlin\",", Form);

        var page = (await person.OpenAsync(asked.Path)).Is(200);

        Assert.Equal("2026-07-01T14:00", page.Value("at"));
        Assert.Contains("Central European Time", page.The("#i-at").TextContent, StringComparison.Ordinal);
        await person.SendAndFollowAsync(page.Fill("at", "2026-12-01T14:30"));
        Assert.Equal("2026-12-01T13:30:00Z", (await Api.TaskAsync(asked.TaskId)).Text("/responses/0/values/at"));
    }

    [Theory]
    [InlineData("2026-03-29T02:30")] // left out when the clocks go forward
    [InlineData("2025-12-31T23:30")] // before the first moment of the year there
    public async Task A_time_that_is_none_or_too_early_there_is_refused(string at)
    {
        var asked = await Api.InterveneAsync("\"timeZone\": \"Europe/Berlin\",", Form);

        (await Anybody.SubmitAsync(asked.Path, $$"""{ "at": "{{at}}" }""")).IsProblem(422, "invalid-form-input").HasProblemAt("/values/at");
    }

    [Fact]
    public async Task An_hour_that_is_there_twice_is_the_first_and_an_offset_says_what_it_says()
    {
        var one = await Api.InterveneAsync("\"timeZone\": \"Europe/Berlin\",", Form);
        var other = await Api.InterveneAsync("\"timeZone\": \"Europe/Berlin\",", Form);

        (await Anybody.SubmitAsync(one.Path, """{ "at": "2026-10-25T02:30" }""")).Is(200);
        (await Anybody.SubmitAsync(other.Path, """{ "at": "2026-10-25T02:30:00+01:00" }""")).Is(200);

        Assert.Equal("2026-10-25T00:30:00Z", (await Api.TaskAsync(one.TaskId)).Text("/responses/0/values/at"));
        Assert.Equal("2026-10-25T01:30:00Z", (await Api.TaskAsync(other.TaskId)).Text("/responses/0/values/at"));
    }

    [Fact]
    public async Task Without_a_zone_it_is_that_of_the_environment()
    {
        var asked = await Api.InterveneAsync(form: Form);

        var page = (await person.OpenAsync(asked.Path)).Is(200);

        Assert.Equal("2026-07-01T12:00", page.Value("at"));
        Assert.Contains("UTC", page.The("#i-at").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Greenwich", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_zone_that_nobody_knows_is_refused() =>
        (await Api.PostAsync("/api/interventions", $$"""
            { "timeZone": "Europe/Nowhere", "form": {{Form}}, "continuation": { "webhook": "https://example.com/" } }
            """)).IsProblem(422, "invalid-request").HasProblemAt("/timeZone");
}
