using System.Text;
using HumanTasks.Core.Expressions;
using Markdig;
using Markdig.Syntax;

namespace HumanTasks.Web.Components;

/// <summary>
/// Parses untrusted Markdown in bounded time. A text that nests deeper than people write is treated as plain text: all
/// its characters are shown, and its web addresses stay links. The check takes one pass.
/// </summary>
internal static class BoundedMarkdown
{
    /// <summary>The maximum nesting of quotes and lists; the parser itself fails at about twice that.</summary>
    private const int MaxContainers = 30;

    // in one paragraph: open brackets nest, and closed ones cost the square of their number
    private const int MaxBrackets = 100;
    private const int MaxEmphasis = 400;
    private const int MaxRun = 20;
    private const int MaxCodeMarks = 200;

    private const int ColumnsOfTab = 4;
    private const int LeastIndentOfList = 2;
    private const int MostIndentOfFence = 3;
    private const int LeastFence = 3;
    private const int MaxDigits = 9;

    public static readonly MarkdownPipeline Pipeline =
        new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    /// <summary>Returns the result of <paramref name="render"/> for any text.</summary>
    public static string Render(string markdown, Func<MarkdownDocument, string> render)
    {
        if (IsShallow(markdown))
        {
            try
            {
                return render(Markdown.Parse(markdown, Pipeline));
            }
            catch (ArgumentException)
            {
                // the parser's own nesting limit, reached in a way that is not checked here: show plain text like the
                // others
            }
        }

        return render(Markdown.Parse(Plain(markdown), Pipeline));
    }

    /// <summary>Returns whether no quote, list, link or emphasis nests deeper than allowed.</summary>
    public static bool IsShallow(string markdown)
    {
        var leaf = new Leaf();
        var fence = default(Fence);
        foreach (var line in markdown.AsSpan().EnumerateLines())
        {
            var (containers, columns, at, bullet) = Prefix(line);
            var rest = line[at..];
            if (fence.Length > 0)
            {
                fence = containers == 0 && fence.IsClosedBy(columns, rest) ? default : fence;
                continue;
            }

            if (containers > 0 && containers + (columns / LeastIndentOfList) > MaxContainers)
            {
                return false;
            }

            fence = containers == 0 ? Fence.Of(columns, rest) : default;
            if (rest.IsEmpty || bullet || fence.Length > 0)
            {
                leaf = new Leaf(); // an empty line, a bullet or a fence ends a paragraph
            }

            if (fence.Length == 0 && !leaf.Takes(rest))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Returns the marks of quotes and lists at the start of a line, its columns of indentation, and where its text
    /// begins.
    /// </summary>
    private static (int Containers, int Columns, int At, bool Bullet) Prefix(ReadOnlySpan<char> line)
    {
        var (containers, columns, at, bullet) = (0, 0, 0, false);
        while (at < line.Length)
        {
            var digits = Digits(line[at..]);
            switch (line[at])
            {
                case ' ':
                    columns++;
                    at++;
                    break;
                case '\t':
                    columns += ColumnsOfTab;
                    at++;
                    break;
                case '>':
                    containers++;
                    at++;
                    break;
                case '-' or '+' or '*' when IsBlankAt(line, at + 1):
                    containers++;
                    at++;
                    bullet = bullet || !line[at..].IsWhiteSpace();
                    break;
                case >= '0' and <= '9' when digits <= MaxDigits && at + digits < line.Length
                    && line[at + digits] is '.' or ')' && IsBlankAt(line, at + digits + 1):
                    containers++;
                    at += digits + 1;
                    break;
                default:
                    return (containers, columns, at, bullet);
            }
        }

        return (containers, columns, at, bullet);
    }

    private static bool IsBlankAt(ReadOnlySpan<char> line, int at) => at >= line.Length || line[at] is ' ' or '\t';

    private static int Digits(ReadOnlySpan<char> text) =>
        text[..Math.Min(text.Length, MaxDigits + 1)].IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : Math.Min(text.Length, MaxDigits + 1);

    /// <summary>Returns Markdown that shows a text as it is: lines stay lines, web addresses are links.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length + 64);
        var afterText = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var blank = line.IsWhiteSpace();
            plain.Append(afterText && !blank ? "\\\n" : "\n"); // a backslash at the end keeps a line break
            afterText = !blank;
            foreach (var word in line.Split(' '))
            {
                plain.Append(plain[^1] is ' ' or '\n' ? "" : " ").Append(Template.Plain(line[word].ToString()));
            }
        }

        return plain.ToString();
    }

    /// <summary>The parts of one paragraph that can nest.</summary>
    private struct Leaf
    {
        private int brackets;
        private int emphasis;
        private int code;

        public bool Takes(ReadOnlySpan<char> line)
        {
            var run = 0;
            for (var i = 0; i < line.Length; i++)
            {
                var character = line[i];
                run = i > 0 && character == line[i - 1] ? run + 1 : 1;
                switch (character)
                {
                    case '\\':
                        i++; // the next character is escaped
                        break;
                    case '[':
                        brackets++;
                        break;
                    case '*' or '_' or '~':
                        emphasis++;
                        if (run > MaxRun && line.ContainsAnyExcept(character, ' '))
                        {
                            return false;
                        }

                        break;
                    case '`' when run == 1:
                        code++;
                        break;
                    default:
                        break;
                }
            }

            return brackets <= MaxBrackets && emphasis <= MaxEmphasis && code <= MaxCodeMarks;
        }
    }

    /// <summary>A code fence (CommonMark, section 4.5); length 0 means none.</summary>
    private readonly record struct Fence(char Mark, int Length)
    {
        public static Fence Of(int columns, ReadOnlySpan<char> line)
        {
            if (columns > MostIndentOfFence || line.IsEmpty || line[0] is not ('`' or '~'))
            {
                return default;
            }

            var length = RunOf(line);
            return length < LeastFence || line[length..].Contains('`') ? default : new Fence(line[0], length);
        }

        public bool IsClosedBy(int columns, ReadOnlySpan<char> line) =>
            columns <= MostIndentOfFence && !line.IsEmpty && line[0] == Mark && RunOf(line) is var length
            && length >= Length && line[length..].IsWhiteSpace();

        private static int RunOf(ReadOnlySpan<char> line) => line.IndexOfAnyExcept(line[0]) is var end and >= 0 ? end : line.Length;
    }
}
