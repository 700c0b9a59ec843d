using System.Globalization;
using HumanTasks.Core.Engine.Effects;
using HumanTasks.Core.Expressions;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The result of one action in one turn.</summary>
internal abstract record ActionOutcome
{
    private ActionOutcome()
    {
    }

    public static ActionOutcome Done { get; } = new Finished();

    public static ActionOutcome Waits { get; } = new Waiting();

    /// <summary>
    /// Returns a failure that names every missing template path and every value that does not fit its format, or that
    /// reports values which are too large; null if there is none.
    /// </summary>
    public static Failed? UnknownPaths(Scope scope) =>
        scope.IsTooLarge ? new Failed("The resolved templates are too large or too deeply nested.", MayPass: false)
        : scope.Missing.Count == 0 ? Misfits(scope) is { } misfits ? new Failed(misfits, MayPass: false) : null
        : new Failed(
            $"Unknown template path {string.Join(", ", scope.Missing.Distinct().Select(path => $"'{path}'"))}."
            + (scope.Missing.Any(path => ContextPath.TryParse(path) is { } known && SecretPath.NameOf(known) is not null)
                ? " Add secrets to the configuration (HumanTasks:Environments:n:Secrets)."
                : ""),
            MayPass: false);

    /// <summary>
    /// Returns which values do not fit their formats. The values themselves may be secret and are never included.
    /// </summary>
    public static string? Misfits(Scope scope) => scope.Misfits.Count == 0
        ? null
        : $"The value doesn't match its format: {string.Join(", ", scope.Misfits.Distinct().Select(misfit => $"'{misfit.Path} | {misfit.Format}'"))}.";

    /// <summary>The maximum length of the stored reason for a run's end, in characters.</summary>
    public const int MaxReason = 2000;

    public static string Cut(string text, int max = MaxReason) => Texts.ShortText.Cut(text, max);

    /// <summary>The run continues at the position in the draft.</summary>
    /// <param name="Note">An additional note for the activity; null for none.</param>
    public sealed record Finished(string? Note = null) : ActionOutcome;

    /// <summary>The turn ends here, with the run in the state of the draft.</summary>
    public sealed record Waiting : ActionOutcome;

    /// <param name="Message">The reason, without secrets.</param>
    /// <param name="MayPass">Whether another attempt may succeed.</param>
    /// <param name="After">The minimum pause before it, if the other side named one.</param>
    /// <param name="MostAttempts">The maximum number of attempts; null for the default.</param>
    public sealed record Failed(string Message, bool MayPass, TimeSpan? After = null, int? MostAttempts = null) : ActionOutcome
    {
        /// <summary>The failure of an action that ended with an unexpected exception.</summary>
        public static readonly Failed Unexpected = new("Unexpected error. See the log for this correlation ID.", MayPass: true);

        /// <summary>Returns the failure of a call that a server refused.</summary>
        public static Failed Of(string message, HttpResponseMessage response, DateTimeOffset now)
        {
            var status = (int)response.StatusCode;
            return new Failed(message, ServerRefusal.MayPass(status), ServerRefusal.PauseOf(response, now))
            {
                Status = status,
                Error = string.Create(CultureInfo.InvariantCulture, $"http.status.{status}"),
            };
        }

        /// <summary>The response of the server; null for none.</summary>
        public int? Status { get; init; }

        /// <summary>The invalid member of the action, as a JSON pointer; null for none in particular.</summary>
        public string? At { get; init; }

        /// <summary>Returns the failure with the member that named no person.</summary>
        public Failed In((string At, string Message)? member) =>
            member is var (at, message) ? this with { At = at, Message = $"{Message} {message}" } : this;

        /// <summary>
        /// The name of the error, such as <c>http.timeout</c>; null for an error that no retry can fix.
        /// </summary>
        public string? Error { get; init; }
    }
}
