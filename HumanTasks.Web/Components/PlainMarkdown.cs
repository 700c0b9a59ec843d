using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace HumanTasks.Web.Components;

/// <summary>
/// Converts Markdown to plain text for clients without HTML: without its marks, each link with its address in angle
/// brackets (RFC 3986, appendix C).
/// </summary>
public static class PlainMarkdown
{
    public static string ToText(string markdown) => BoundedMarkdown.Render(markdown, document => Blocks(document, "\n\n"));

    private static string Blocks(IEnumerable<Block> blocks, string between) =>
        string.Join(between, blocks.Select(Of).Where(text => text.Length > 0));

    private static string Of(Block block) => block switch
    {
        ListBlock list => string.Join('\n', list.OfType<ListItemBlock>().Select(item => Item(list, item))),
        QuoteBlock quote => Before("> ", "> ", Blocks(quote, "\n\n")),
        Table table => string.Join('\n', table.OfType<TableRow>().Select(row => string.Join(" | ", row.Select(Of)))),
        CodeBlock code => code.Lines.ToString(),
        ThematicBreakBlock => "---",
        LeafBlock { Inline: { } inline } => Of(inline).Trim(),
        ContainerBlock several => Blocks(several, "\n\n"),
        _ => "",
    };

    private static string Item(ListBlock list, ListItemBlock item)
    {
        var mark = list.IsOrdered ? item.Order.ToString(CultureInfo.InvariantCulture) + list.OrderedDelimiter + " " : "- ";
        return Before(mark, new string(' ', mark.Length), Blocks(item, "\n"));
    }

    private static string Before(string first, string others, string text) => first + text.Replace("\n", "\n" + others, StringComparison.Ordinal);

    private static string Of(ContainerInline inlines)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines)
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                LineBreakInline => "\n",
                CodeInline code => code.Content,
                AutolinkInline link => link.Url,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                LinkInline link => Of(link),
                ContainerInline several => Of(several),
                _ => "",
            });
        }

        return text.ToString();
    }

    private static string Of(LinkInline link)
    {
        var (label, address) = (Of((ContainerInline)link), link.GetDynamicUrl?.Invoke() ?? link.Url);
        return label == address || !SafeMarkdown.IsSafe(address, null) ? label
            : label.Length == 0 ? address!
            : $"{label} <{address}>";
    }
}
