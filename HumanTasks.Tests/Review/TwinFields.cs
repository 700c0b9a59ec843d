using System.Net;
using System.Text;
using HumanTasks.Tests.Runs;

namespace HumanTasks.Tests.Review;

/// <summary>Fields whose names differ only in case, in a definition that an older build saved.</summary>
public sealed class TwinFields
{
    [Fact]
    public async Task Both_are_read_from_a_posted_page()
    {
        await using var site = new ReviewSite();
        await site.Harness.SaveAsync("done", Actions.Done);
        await site.Harness.RuleSets.SaveRuleSetAsync(
            EngineHarness.EnvironmentId,
            "old",
            Encoding.UTF8.GetBytes("""
                { "actions": [{ "type": "humanIntervention", "name": "ask", "title": "T", "continuation": { "ruleSet": "done" },
                  "form": { "fields": [{ "name": "note", "type": "text" }, { "name": "Note", "type": "text" }] } }] }
                """),
            site.Harness.Time.GetUtcNow(),
            null,
            default);
        var path = site.PathOf(await site.Harness.StartAsync("old"), "ask");

        var answered = await site.SubmitAsync(await site.PageAsync(path), [("note", "for the customer"), ("Note", "internal")]);

        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var response = Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default));
        Assert.Equal("""{"note":"for the customer","Note":"internal"}""", response.Values.ToJsonString());
    }
}
