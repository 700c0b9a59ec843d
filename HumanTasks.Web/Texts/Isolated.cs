using System.Globalization;
using System.Net;
using HumanTasks.Core.Texts;
using Microsoft.AspNetCore.Components;

namespace HumanTasks.Web.Texts;

/// <summary>Texts of ours with what people or authors wrote in them, each isolated from the direction of the text around it.</summary>
internal static class Isolated
{
    /// <summary>A text with values in it, as HTML.</summary>
    public static MarkupString Around(CultureInfo culture, string text, ReadOnlySpan<string> values) =>
        ToHtml(string.Format(culture, text, Isolates.AroundTexts(ReadOnlySpan<object>.CastUp(values))));

    /// <summary>The <c>dir</c> of a text: one of ours with others in it goes our way, one of somebody else its own.</summary>
    public static string DirectionOf(string text) => Isolates.In(text) ? Languages.DirectionOf(Languages.Current) : "auto";

    /// <summary>A text with isolates in it, as HTML.</summary>
    public static MarkupString ToHtml(string text) => new(Isolates.ToHtml(WebUtility.HtmlEncode(text), static _ => null));
}
