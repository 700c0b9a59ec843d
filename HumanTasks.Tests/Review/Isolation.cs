using AngleSharp.Dom;

namespace HumanTasks.Tests.Review;

/// <summary>Whether what somebody wrote keeps to its own direction on a page.</summary>
internal static class Isolation
{
    /// <summary>Checks that each text with a word stands in an element of its own direction, and that inputs take theirs from what is typed.</summary>
    public static void IsWhole(IDocument page, string word)
    {
        var loose = page.Body!.Descendants<IText>()
            .Where(text => text.Data.Contains(word, StringComparison.Ordinal))
            .Where(text => !IsIsolated(text.ParentElement!))
            .Select(text => text.Data)
            .Concat(page.QuerySelectorAll("input[type=text], textarea").Where(input => input.GetAttribute("dir") is null).Select(input => input.OuterHtml));

        Assert.Empty(loose);
    }

    private static bool IsIsolated(IElement element)
    {
        for (var at = element; at is not null; at = at.ParentElement)
        {
            if (at.LocalName == "bdi" || at.HasAttribute("dir"))
            {
                return at.LocalName == "bdi" || at.GetAttribute("dir") == "auto";
            }
        }

        return false;
    }
}
