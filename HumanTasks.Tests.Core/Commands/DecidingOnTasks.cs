using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core;
using HumanTasks.Core.Engine;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;

namespace HumanTasks.Tests.Commands;

/// <summary>Decisions on commands: a task and its run are given, and nothing is stored.</summary>
public sealed class DecidingOnTasks
{
    private static readonly DateTimeOffset Now = Sample.Start.AddMinutes(5);

    [Fact]
    public void A_claim_writes_the_task_its_run_and_a_line_of_the_log_in_one_commit()
    {
        var on = Standing(Candidates("ann@example.com", "bob@example.com"));

        var write = Assert.IsType<Decision.Write>(new ClaimTask(At(2)).Decide(on, Now));

        Assert.Equal((on.Run.Version, on.Run.Version + 1), (write.Commit.ExpectedVersion, write.Commit.Run.Version));
        Assert.Equal(on.Run.State, write.Commit.Run.State);
        var task = Assert.Single(write.Commit.Tasks);
        Assert.Equal((2, on.Task.History.Version + 1), (task.Several.ClaimedBy, task.History.Version));
        Assert.Equal((RunEvent.TaskClaimed, "bob@example.com"), (Assert.Single(write.Commit.Log).Event, write.Commit.Log[0].By));
        Assert.False(write.Wakes);
    }

    [Fact]
    public void A_second_claim_is_told_who_has_the_task_or_that_it_is_theirs_already()
    {
        var free = Standing(Candidates("ann@example.com", "bob@example.com"));
        var taken = After(free, new ClaimTask(At(1)));

        Assert.Equal("ann@example.com", Assert.IsType<Verdict.Claimed>(Refusal(new ClaimTask(At(2)).Decide(taken, Now))).By);
        Assert.IsType<Verdict.Done>(Refusal(new ClaimTask(At(1)).Decide(taken, Now)));
        Assert.IsType<Verdict.NotTheirs>(Refusal(new ClaimTask(At(null)).Decide(taken, Now)));
    }

    [Fact]
    public void A_released_task_is_announced_to_the_other_candidates_only()
    {
        var whole = Candidates("ann@example.com", "bob@example.com", "cyd@example.com").Planned(new TaskPlan { Notifies = true });
        var taken = After(Standing(whole), new ClaimTask(At(1)));

        var write = Assert.IsType<Decision.Write>(new ReleaseTask(At(1, "ann@example.com")).Decide(taken, Now));

        Assert.Equal([2, 3], ((RunState.Paused)write.Commit.Run.State).Plan.Select(notice => notice.Seat));
        Assert.Equal(RunEvent.TaskReleased, Assert.Single(write.Commit.Log).Event);
        Assert.True(write.Wakes);
    }

    [Fact]
    public void A_new_link_revokes_the_earlier_ones_of_its_seat_and_stands_in_the_log()
    {
        var on = Standing(Candidates("ann@example.com", "bob@example.com"));

        var write = Assert.IsType<Decision.Write>(new ReissueLink(At(2, "boss@example.com")).Decide(on, Now));

        Assert.Equal([0, 1], write.Commit.Tasks[0].Several.Seats.Select(seat => seat.Generation));
        Assert.Equal(("New link: bob@example.com", "boss@example.com"), (write.Commit.Log[0].Detail, write.Commit.Log[0].By));
    }

    [Fact]
    public void What_is_over_is_refused_by_every_command_and_written_by_none()
    {
        var whole = Candidates("ann@example.com", "bob@example.com");
        foreach (var state in new TaskState[] { new TaskState.Expired(), new TaskState.Cancelled(null), new TaskState.Rejected(null, null) })
        {
            var on = Standing(whole with { State = state });
            Assert.All(
                [
                    new ClaimTask(At(1)),
                    new ReissueLink(At(1)),
                    new ReissueLink(At(null)),
                    new ReassignTask(At(1), null, "eve@example.com"),
                    new RemindTask(At(null)),
                    new CancelTask(At(null), null),
                ],
                (TaskCommand command) => Assert.IsType<Decision.Refuse>(command.Decide(on, Now)));
        }
    }

    [Fact]
    public void A_command_on_a_run_that_does_not_wait_for_the_task_writes_nothing()
    {
        var on = Standing(Sample.Task(Sample.Run()).For("ann@example.com"));
        on = on with { Run = on.Run with { State = new RunState.Cancelled(null) } };

        Assert.IsType<Verdict.Expired>(Refusal(new ReissueLink(At(null)).Decide(on, Now)));
        Assert.IsType<Verdict.Expired>(Refusal(new RemindTask(At(null)).Decide(on, Now)));
    }

    /// <summary>
    /// Commands of a seed in a random order: whatever they are, each seat answers once, a decision ends the answers, versions go
    /// up by one and the log tells of every write.
    /// </summary>
    [Fact]
    public void Random_commands_in_any_order_keep_what_must_always_hold()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            string[] people = ["ann@example.com", "bob@example.com", "cyd@example.com", "dan@example.com"];
            var on = Standing(seed % 2 == 0 ? Candidates(people[..3]) : Several(need: 1 + (seed % 3), veto: seed % 5 == 0, people[..3]));
            List<HumanResponse> accepted = [];
            for (var step = 0; step < 40; step++)
            {
                var now = Sample.Start.AddSeconds(10 * step);
                int? seat = random.Next(4) is var number && number > 0 ? number : null;
                var who = people[random.Next(4)];
                var before = on;
                if (random.Next(3) == 0)
                {
                    var submission = new Submission { By = who, MaxFileBytes = 0, Verified = Verification.Session };
                    RespondToTask respond = random.Next(4) == 0
                        ? new DeclineTask(submission, Ids.New(now), "No.")
                        : new AnswerTask(submission, Ids.New(now), new JsonObject { ["ok"] = true }, null);
                    if (respond.Decide(TaskView.Of(on.Task), now) is Decision.Accept accept)
                    {
                        accepted.Add(accept.Response);
                        on = on with { Task = accept.Task };
                        Assert.True(before.Task.State.IsPending);
                        Assert.Equal(before.Task.History.Version + 1, on.Task.History.Version);
                    }
                }
                else
                {
                    TaskCommand command = random.Next(5) switch
                    {
                        0 => new ClaimTask(At(seat)),
                        1 => new ReleaseTask(At(seat, who)),
                        2 => new ReissueLink(At(seat, who)),
                        3 => new ReassignTask(At(seat, "boss@example.com"), null, who),
                        _ => new RemindTask(At(seat, who)),
                    };
                    if (command.Decide(on, now) is Decision.Write write)
                    {
                        on = new TaskStanding(write.Commit.Run, Assert.Single(write.Commit.Tasks));
                        Assert.Single(write.Commit.Log);
                        Assert.Equal((before.Run.Version + 1, before.Task.History.Version + 1), (on.Run.Version, on.Task.History.Version));
                        Assert.True(before.Task.State.IsPending);
                    }
                }

                Assert.Equal(accepted.Select(response => response.Id).Distinct().Count(), accepted.Count);
                Assert.Equal(accepted.Count, accepted.Select(response => response.Seat).Distinct().Count());
                Assert.Equal(accepted.Count, on.Task.Several.Seats.Count(one => one.Answer is not null));
                Assert.Equal(on.Task.Several.Decision is null, on.Task.State.IsPending);
                Assert.Equal(on.Task.Several.Seats.Count, on.Task.Several.Seats.Select(one => one.Assignee).Distinct().Count());
                Assert.True(on.Task.History.UpdatedAt >= before.Task.History.UpdatedAt && on.Run.UpdatedAt >= before.Run.UpdatedAt);
            }
        }
    }

    [Fact]
    public void Only_the_claimant_or_somebody_who_manages_tasks_releases_a_claim()
    {
        var free = Standing(Candidates("ann@example.com", "bob@example.com"));
        var taken = After(free, new ClaimTask(new Caller(null) { Person = "Ann@Example.com" }));

        Assert.IsType<Verdict.NotTheirs>(Refusal(new ReleaseTask(At(2, "bob@example.com")).Decide(taken, Now)));
        Assert.IsType<Verdict.NotTheirs>(Refusal(new ReleaseTask(For("bob@example.com")).Decide(taken, Now)));
        Assert.IsType<Verdict.NotTheirs>(Refusal(new ReleaseTask(For("ann@example.com")).Decide(free, Now)));
        Assert.IsType<Verdict.NotTheirs>(Refusal(new ReleaseTask(new Caller("clerk")).Decide(taken, Now)));
        Assert.IsType<Verdict.Done>(Refusal(new ReleaseTask(At(1)).Decide(free, Now)));
        Assert.IsType<Decision.Write>(new ReleaseTask(For("ANN@example.com")).Decide(taken, Now));
        Assert.IsType<Decision.Write>(new ReleaseTask(new Caller("clerk") { Manages = true }).Decide(taken, Now));
    }

    [Fact]
    public void Only_an_assignee_delegates_and_only_to_an_allowed_address()
    {
        var on = Standing(Sample.Task(Sample.Run()).For("ann@example.com").Allowing(new Rights { DelegateTo = ["@example.com"] }) with
        {
            Kind = TaskKind.HumanTask,
        });

        Assert.IsType<Verdict.NotTheirs>(Refusal(new DelegateTask(For("eve@example.com"), "bob@example.com", null).Decide(on, Now)));
        Assert.IsType<Verdict.NotTheirs>(Refusal(new DelegateTask(new Caller("key") { Manages = true }, "bob@example.com", null).Decide(on, Now)));
        Assert.Equal(
            "Enter a valid email address.",
            Assert.IsType<Verdict.NotAllowed>(Refusal(new DelegateTask(For("ann@example.com"), "nobody", null).Decide(on, Now))).Why);
        Assert.IsType<Verdict.NotAllowed>(Refusal(new DelegateTask(For("ann@example.com"), "bob@evil.example", null).Decide(on, Now)));
        var write = Assert.IsType<Decision.Write>(new DelegateTask(For("ann@example.com"), "bob@example.com", "Yours").Decide(on, Now));
        Assert.Equal(("bob@example.com", RunEvent.TaskDelegated), (write.Commit.Tasks[0].Asked.Names, write.Commit.Log[0].Event));
    }

    [Fact]
    public void A_reassignment_replaces_the_named_seat_or_the_only_one_that_has_not_responded()
    {
        var on = Standing(Several(2, false, "ann@example.com", "bob@example.com"));
        var boss = new Caller("boss@example.com") { Manages = true };

        Assert.IsType<Verdict.NotAllowed>(Refusal(new ReassignTask(boss, null, "eve@example.com").Decide(on, Now)));
        Assert.IsType<Verdict.NotAllowed>(Refusal(new ReassignTask(boss, "cyd@example.com", "eve@example.com").Decide(on, Now)));
        Assert.Equal(
            ["ann@example.com", "eve@example.com"],
            After(on, new ReassignTask(boss, "BOB@example.com", "eve@example.com")).Task.Several.Seats.Select(seat => seat.Assignee));
        var first = on.Task.Several.Seats[0] with { Answer = new SeatAnswer("r", Now, false) };
        var answered = on with { Task = on.Task with { Asked = on.Task.Asked.With(first) } };
        Assert.Equal(
            ["ann@example.com", "eve@example.com"],
            After(answered, new ReassignTask(boss, null, "eve@example.com")).Task.Several.Seats.Select(seat => seat.Assignee));
        Assert.IsType<Verdict.NoAssignee>(
            Refusal(new ReassignTask(boss, null, "eve@example.com").Decide(Standing(Sample.Task(Sample.Run())), Now)));
    }

    [Fact]
    public void Reminders_need_an_address_and_are_limited_per_hour()
    {
        var clerk = new Caller("clerk") { Manages = true };
        var on = Standing(Sample.Task(Sample.Run()).For("ann@example.com").ExpiringAt(Now.AddDays(2)) with { Kind = TaskKind.HumanTask });

        Assert.IsType<Verdict.NoAddress>(Refusal(new RemindTask(clerk).Decide(on with { Task = on.Task.For("Ann") }, Now)));
        for (var sent = 0; sent < RemindTask.MaxReminders; sent++)
        {
            on = After(on, new RemindTask(clerk), Now.AddMinutes(sent));
        }

        var full = Now.AddMinutes(RemindTask.MaxReminders);
        Assert.Equal(
            TimeSpan.FromMinutes(60 - RemindTask.MaxReminders), Assert.IsType<Verdict.TooManyReminders>(Refusal(new RemindTask(clerk).Decide(on, full))).After);
        Assert.IsType<Decision.Write>(new RemindTask(clerk).Decide(on, Now.AddHours(1)));
    }

    [Fact]
    public void A_second_reminder_within_a_minute_is_the_first()
    {
        var clerk = new Caller("clerk") { Manages = true };
        var on = After(Standing(Sample.Task(Sample.Run()).For("ann@example.com").ExpiringAt(Now.AddDays(2)) with { Kind = TaskKind.HumanTask }), new RemindTask(clerk), Now);

        Assert.IsType<Verdict.Done>(Refusal(new RemindTask(clerk).Decide(on, Now.AddSeconds(59))));
        Assert.IsType<Decision.Write>(new RemindTask(clerk).Decide(on, Now.AddMinutes(1)));
    }

    [Fact]
    public void A_new_link_goes_to_assignees_only()
    {
        var on = Standing(Candidates("ann@example.com", "bob@example.com"));

        Assert.IsType<Verdict.NotTheirs>(Refusal(new ReissueLink(new Caller("clerk"), "eve@example.com").Decide(on, Now)));
        Assert.Equal(
            [1, 0], After(on, new ReissueLink(new Caller("clerk"), "Ann@example.com")).Task.Several.Seats.Select(seat => seat.Generation));
    }

    [Fact]
    public void A_value_that_claims_to_be_a_file_is_refused_where_none_can_be_uploaded()
    {
        var task = Sample.Task(Sample.Run()).Asks(question => question with
        {
            Rounds = [new TaskRound(1, Now, JsonDocument.Parse("""{"fields":[{"name":"scan","type":"file"}]}""").RootElement)],
        });
        var file = new FileValue(Ids.New(Now), "scan.png", "image/png", 10, new string('a', 64)).ToJson();
        JsonObject Values() => new() { ["scan"] = file.DeepClone() };
        var uploads = new Submission { MaxFileBytes = 100 };

        Assert.IsType<Decision.Accept>(new AnswerTask(uploads, Ids.New(Now), Values(), null).Decide(TaskView.Of(task), Now));
        Assert.IsType<Verdict.InvalidInput>(
            Refusal(new AnswerTask(uploads with { TakesFiles = false }, Ids.New(Now), Values(), null).Decide(TaskView.Of(task), Now)));
    }

    private static Caller At(int? seat, string? by = null) => new(by) { Person = by, Seat = seat, IsAtLink = true };

    private static Caller For(string person) => new(person) { Person = person };

    private static Verdict Refusal(Decision decision) => Assert.IsType<Decision.Refuse>(decision).Why;

    private static TaskStanding After(TaskStanding on, TaskCommand command, DateTimeOffset? at = null)
    {
        var commit = Assert.IsType<Decision.Write>(command.Decide(on, at ?? Now)).Commit;
        return new TaskStanding(commit.Run, commit.Tasks[0]);
    }

    private static TaskStanding Standing(HumanTask task)
    {
        var run = Sample.Run() with { Id = task.RunId, Version = 1, State = new RunState.Paused(task.Id, task.Schedule.ExpiresAt) };
        return new TaskStanding(run, task);
    }

    private static HumanTask Candidates(params string[] people) => Task().ForCandidates(people);

    private static HumanTask Several(int need, bool veto, params string[] people)
    {
        var task = Task().ForSeveral(need, people);
        return task with { Asked = task.Several with { Veto = veto } };
    }

    private static HumanTask Task() =>
        Sample.Task(Sample.Run()).Allowing(new Rights { AllowReject = true }) with { Kind = TaskKind.HumanTask };
}
