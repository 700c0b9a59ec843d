using HumanTasks.Core.Environments;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;

namespace HumanTasks.Core.Engine.Turns;

/// <summary>The default locale of an environment.</summary>
internal static class EnvironmentLocale
{
    /// <summary>Returns the environment's language and time zone, or the defaults for a removed environment.</summary>
    public static Locale Of(RunEnvironment? environment) => environment is null
        ? Locale.Usual
        : new Locale(Languages.CultureOf(environment.Language), Moments.ZoneOf(environment.TimeZone));
}
