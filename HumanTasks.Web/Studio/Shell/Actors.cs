using HumanTasks.Web.Security;
using HumanTasks.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace HumanTasks.Web.Studio.Shell;

/// <summary>Who did something, as the Studio shows it.</summary>
internal static class Actors
{
    /// <summary>"by" and the name of who did it. Keys of the API are stored in English and shown in the page's language.</summary>
    public static MarkupString By(string actor) => StudioTexts.Around("By", Named(actor));

    /// <summary>A name as the page shows it.</summary>
    public static string Named(string actor) =>
        actor == ApiKeys.Actor || actor.StartsWith(ApiKeys.Actor + " ", StringComparison.Ordinal)
            ? StudioTexts.Get("ApiKey") + actor[ApiKeys.Actor.Length..]
            : actor;
}
