namespace HumanTasks.Web.Forms.Types;

/// <param name="Type">Of the input.</param>
/// <param name="InputMode">The keyboard of phones.</param>
/// <param name="AutoComplete">Never "off": a browser that comes back to the page would leave such a field empty.</param>
/// <param name="Class">Of the style sheet.</param>
/// <param name="IsProse">Whether a phone may write capitals and correct words.</param>
/// <param name="Direction">As it is written for words, from left to right for addresses; null for numbers and times, which go as the page does.</param>
internal sealed record LineAttributes(
    string Type, string? InputMode = null, string? AutoComplete = null, string? Class = null, bool IsProse = false, string? Direction = null);
