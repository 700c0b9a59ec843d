using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>How people are addressed in an environment where nothing else is said.</summary>
internal static class EnvironmentLocale
{
    /// <summary>The environment's language and time zone; the usual ones for an environment that is gone.</summary>
    public static Locale Of(RunEnvironment? environment) => environment is null
        ? Locale.Usual
        : new Locale(Languages.CultureOf(environment.Language), Moments.ZoneOf(environment.TimeZone));
}
