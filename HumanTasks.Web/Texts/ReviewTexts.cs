using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Texts;
using Microsoft.AspNetCore.Components;

namespace HumanTasks.Web.Texts;

/// <summary>
/// The texts for reviewers, from <c>ReviewTexts.resx</c> and its translations, in
/// <see cref="CultureInfo.CurrentUICulture"/>.
/// </summary>
internal static class ReviewTexts
{
    public static TextResources Resources { get; } = new(typeof(ReviewTexts));

    public static string Get(string name) =>
        Resources.Get(Languages.Current, name);

    public static string Get(string name, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.CurrentCulture, Get(name), values);

    /// <summary>A text with what people or authors wrote in it, each isolated from the direction of the text around it.</summary>
    public static MarkupString Around(string name, params ReadOnlySpan<string> values) =>
        Isolated.Around(CultureInfo.CurrentCulture, Get(name), values);

    /// <summary>Returns the text for a number of things, with the number as <c>{0}</c>.</summary>
    public static string Count(string name, long count) => Count(name, count, count);

    /// <summary>Returns the text for a number of things, with other values.</summary>
    public static string Count(string name, long count, params ReadOnlySpan<object> values) =>
        string.Format(CultureInfo.CurrentCulture, Resources.Count(Languages.Current, name, count), values);

    /// <summary>Returns the text for every plural category, as JSON for a script.</summary>
    public static string Counted(string name) => new JsonObject(
        Plurals.In(Languages.Current).Select(category => KeyValuePair.Create(category, (JsonNode?)Get($"{name}.{category}")))).ToJsonString();
}
