namespace HumanTasks.Tests.Acceptance;

public partial class AssigningATask
{
    [Theory]
    [InlineData("")]
    [InlineData("\"allowReject\": false,")]
    public async Task A_task_that_does_not_allow_it_is_rejected_by_nobody_and_cancelled_with_a_reason(string more)
    {
        var asked = await Api.AssignAsync(more);
        var session = await Anybody.VerifyAsync(asked);

        var refused = (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", """{ "reason": "not mine" }""")).IsProblem(409, "reject-not-allowed");
        Assert.Contains("cancel it with a reason", refused.Text("/detail"), StringComparison.Ordinal);
        (await Anybody.PostAsync(asked.Path, """{ "reject": true, "reason": "not mine" }""", session)).IsProblem(409, "reject-not-allowed");
        Assert.Equal("pending", (await Api.TaskAsync(asked.TaskId)).Text("/status"));

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", """{ "reason": "not mine" }""")).Is(204);
        Assert.Equal("not mine", (await Api.RunOverAsync(asked.RunId, "cancelled")).Text("/statusReason"));
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", "{}")).IsProblem(409, "task-is-over");
    }

    [Fact]
    public async Task An_intervention_is_rejected_by_nobody()
    {
        var asked = await Api.InterveneAsync();

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", "{}")).IsProblem(409, "reject-not-allowed");
        (await Anybody.PostAsync(asked.Path, """{ "reject": true }""")).IsProblem(409, "reject-not-allowed");
    }

    [Theory]
    [InlineData("", 204)]
    [InlineData("\"allowReject\": null,", 204)]
    [InlineData("\"allowReject\": true,", 204)]
    [InlineData("\"allowReject\": false,", 409)]
    public async Task A_question_of_a_model_may_be_declined_unless_it_says_otherwise(string more, int status)
    {
        var asked = await Api.AssignAsync($"{more} \"fromModel\": {{}},");

        Assert.Equal(status, (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", """{ "reason": "No" }""")).Status);
    }

    [Fact]
    public async Task A_run_that_allows_it_goes_on_with_a_rejection()
    {
        var asked = await Api.AssignAsync("\"allowReject\": true,");

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", """{ "reason": "too dear" }""")).Is(204);

        var run = await Api.RunOverAsync(asked.RunId);
        Assert.Contains("\"outcome\":\"rejected\"", run["/context"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("too dear", run["/context"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_task_ends_its_run_cancelled()
    {
        var asked = await Api.AssignAsync();

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", """{ "reason": "no longer needed" }""")).Is(204);

        Assert.Equal("cancelled", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
        Assert.Equal("no longer needed", (await Api.RunOverAsync(asked.RunId, "cancelled")).Text("/statusReason"));
        (await Anybody.GetAsync(asked.Path)).IsProblem(410, "link-expired");
    }

    [Fact]
    public async Task A_task_whose_time_is_over_expires_with_its_run()
    {
        var asked = await Api.AssignAsync("\"expiresInHours\": 0.00003,");

        await Api.RunOverAsync(asked.RunId, "expired");

        Assert.Equal("expired", (await Api.TaskAsync(asked.TaskId)).Text("/status"));
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", Approve)).IsProblem(409, "task-is-over");
    }

    [Fact]
    public async Task A_task_that_is_over_takes_nothing_more()
    {
        var asked = await Api.AssignAsync();
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", Approve)).Is(200);

        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/responses", Approve)).IsProblem(409, "task-is-over");
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/reject", "{}")).IsProblem(409, "task-is-over");
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/cancel", "{}")).IsProblem(409, "task-is-over");
        (await Api.PostAsync($"/api/tasks/{asked.TaskId}/link")).IsProblem(409, "task-is-over");
    }

    [Fact]
    public async Task A_newer_link_kills_the_older_ones()
    {
        var asked = await Api.AssignAsync();
        var second = (await Api.PostAsync($"/api/tasks/{asked.TaskId}/link")).Is(200);
        var third = (await Api.PostAsync($"/api/tasks/{asked.TaskId}/link")).Is(200);

        (await Anybody.GetAsync(asked.Path)).IsProblem(410, "link-expired");
        (await Anybody.GetAsync(Steps.PathOf(second.Text("/link")))).IsProblem(410, "link-expired");
        (await Anybody.SubmitAsync(Steps.PathOf(second.Text("/link")), """{ "decision": "approve" }""")).IsProblem(410, "link-expired");
        (await Anybody.GetAsync(Steps.PathOf(third.Text("/link")))).IsProblem(401, "verification-required");
    }
}
