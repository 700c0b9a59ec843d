using HumanTasks.Core.Tasks;

namespace HumanTasks.Tests.Storage;

/// <summary>Changes of the sample task, part by part.</summary>
public static class TaskChanges
{
    public static HumanTask Titled(this HumanTask task, string title) => task.Asks(question => question with { Title = title });

    public static HumanTask Asks(this HumanTask task, Func<Question, Question> change) =>
        task with { Question = change(task.Question) };

    /// <summary>The same task for one assignee; for anyone with the link if there is none.</summary>
    public static HumanTask For(this HumanTask task, string? assignee) => task with
    {
        Asked = assignee is null ? new Asked.Anyone(0, task.Asked.Uses) : new Asked.One(new Seat(0, assignee), task.Asked.Uses),
    };

    public static HumanTask ForSeveral(this HumanTask task, int need, params IReadOnlyList<Seat> seats) =>
        task with { Asked = new Asked.Several(seats, need, new Uses(need)) };

    public static HumanTask ForSeveral(this HumanTask task, int need, params IReadOnlyList<string> people) =>
        task.ForSeveral(need, [.. people.Select((address, index) => new Seat(index + 1, address))]);

    public static HumanTask ForCandidates(this HumanTask task, params IReadOnlyList<string> people) => task with
    {
        Asked = task.ForSeveral(1, people).Several with { Candidates = true },
    };

    extension(HumanTask task)
    {
        /// <summary>The several assignees.</summary>
        public Asked.Several Several => (Asked.Several)task.Asked;

        /// <summary>The addresses of all assignees; null for anyone with the link.</summary>
        public string? Assignee => task.Asked.Names;

        /// <summary>The generation of the only link.</summary>
        public int Generation => TaskView.Of(task).Generation;

        /// <summary>The number of responses that count.</summary>
        public int Uses => task.Asked.Uses.Count;

        public int UsesLeft => TaskView.Of(task).UsesLeft;
    }

    public static HumanTask Due(this HumanTask task, DateTimeOffset? due) =>
        task with { Schedule = task.Schedule with { DueAt = due } };

    public static HumanTask ExpiringAt(this HumanTask task, DateTimeOffset until) =>
        task with { Schedule = task.Schedule with { ExpiresAt = until } };

    public static HumanTask Planned(this HumanTask task, TaskPlan plan) =>
        task with { Schedule = task.Schedule with { Plan = plan } };

    public static HumanTask Usable(this HumanTask task, int times) =>
        task with { Asked = task.Asked with { Uses = new Uses(times) } };

    public static HumanTask Allowing(this HumanTask task, Rights rights) => task with { Rights = rights };
}
