namespace HumanTasks.Core.Texts;

/// <summary>
/// The length of a text as people, JSON Schema and our limits count it: in Unicode code points, not UTF-16 units.
/// </summary>
public static class CodePoints
{
    public static int Count(string text)
    {
        var pairs = 0;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i], text[i + 1]))
            {
                pairs++;
                i++;
            }
        }

        return text.Length - pairs;
    }
}
