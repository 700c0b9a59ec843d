using System.Globalization;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>What became of one action in one turn.</summary>
internal abstract record ActionOutcome
{
    private ActionOutcome()
    {
    }

    public static ActionOutcome Done { get; } = new Finished();

    public static ActionOutcome Waits { get; } = new Waiting();

    /// <summary>
    /// A failure that names every template path which led nowhere or whose value does not fit its format, or says that they
    /// bring too much; null when all is well.
    /// </summary>
    public static Failed? UnknownPaths(Scope scope) =>
        scope.IsTooLarge ? new Failed("The resolved templates are too large or too deeply nested.", MayPass: false)
        : scope.Missing.Count == 0 ? Misfits(scope) is { } misfits ? new Failed(misfits, MayPass: false) : null
        : new Failed(
            $"Unknown template path {string.Join(", ", scope.Missing.Distinct().Select(path => $"'{path}'"))}."
            + (scope.Missing.Any(path => ContextPath.TryParse(path) is { } known && SecretPath.NameOf(known) is not null)
                ? " Secrets are named in the configuration (HumanTasks:Environments:n:Secrets)."
                : ""),
            MayPass: false);

    /// <summary>Which values do not fit the formats that templates give them; never the values, which may be secret.</summary>
    public static string? Misfits(Scope scope) => scope.Misfits.Count == 0
        ? null
        : $"Not a value for its format: {string.Join(", ", scope.Misfits.Distinct().Select(misfit => $"'{misfit.Path} | {misfit.Format}'"))}.";

    /// <summary>The longest text that a run keeps about how it ended, in characters.</summary>
    public const int MaxReason = 2000;

    public static string Cut(string text, int max = MaxReason) => Texts.ShortText.Cut(text, max);

    /// <summary>The draft says where the run goes on.</summary>
    /// <param name="Note">What the history says of it besides; null for nothing.</param>
    public sealed record Finished(string? Note = null) : ActionOutcome;

    /// <summary>The turn ends here; the run stands where the draft says.</summary>
    public sealed record Waiting : ActionOutcome;

    /// <param name="Message">What went wrong, without secrets.</param>
    /// <param name="MayPass">Whether another attempt can help.</param>
    /// <param name="After">The least pause before it, where the other side named one.</param>
    /// <param name="MostAttempts">How often it is tried at most; as often as usual without it.</param>
    public sealed record Failed(string Message, bool MayPass, TimeSpan? After = null, int? MostAttempts = null) : ActionOutcome
    {
        /// <summary>The failure of a call that a server refused.</summary>
        public static Failed Of(string message, HttpResponseMessage response, DateTimeOffset now)
        {
            var status = (int)response.StatusCode;
            return new Failed(message, ServerRefusal.MayPass(status), ServerRefusal.PauseOf(response, now))
            {
                Status = status,
                Error = string.Create(CultureInfo.InvariantCulture, $"http.status.{status}"),
            };
        }

        /// <summary>What a server answered; null where none did.</summary>
        public int? Status { get; init; }

        /// <summary>The member of the action that is wrong, as a JSON pointer; null where it is none in particular.</summary>
        public string? At { get; init; }

        /// <summary>The same, which also says which member it left without a person.</summary>
        public Failed In((string At, string Message)? member) =>
            member is var (at, message) ? this with { At = at, Message = $"{Message} {message}" } : this;

        /// <summary>The error's name, such as <c>http.timeout</c>; null for one that no attempt can mend.</summary>
        public string? Error { get; init; }
    }
}
