using System.Globalization;
using HumanTasks.Core.Texts;
using Microsoft.AspNetCore.Components;

namespace HumanTasks.Web.Texts;

/// <summary>
/// The texts for all members in the Studio, from <c>StudioTexts.resx</c> and its translations: the page frame, tasks,
/// sign-in and errors. The page's own language is <see cref="RequestLanguage.OfPage"/>; a form on it can have another
/// one.
/// </summary>
internal static class StudioTexts
{
    public static TextResources Resources { get; } = new(typeof(StudioTexts));

    /// <summary>The culture of the page's own numbers and times.</summary>
    public static CultureInfo Culture => Languages.CultureOf(RequestLanguage.OfPage);

    public static string Get(string name) => Resources.Get(RequestLanguage.OfPage, name);

    public static string Get(string name, params ReadOnlySpan<object> values) => string.Format(Culture, Get(name), values);

    public static string Count(string name, long number) =>
        string.Format(Culture, Resources.Count(RequestLanguage.OfPage, name, number), number);

    /// <summary>
    /// Returns a text with user-written values, each isolated from the direction of the surrounding text.
    /// </summary>
    public static MarkupString Around(string name, params ReadOnlySpan<string> values) => Isolated.Around(Culture, Get(name), values);

    /// <summary>Returns the status of a task or a run, as the contract names it.</summary>
    public static string Status(string status) =>
        status is "pending" or "completed" or "cancelled" or "rejected" or "expired"
            ? Get("Status" + Capital(status))
            : StudioAdminTexts.Get("Status" + Capital(status));

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
