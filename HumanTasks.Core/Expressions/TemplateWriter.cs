using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace HumanTasks.Core.Expressions;

/// <summary>
/// Writes the values of a template: formatted for people in sentences, percent-encoded but not formatted in addresses.
/// Only this class distinguishes the two.
/// </summary>
internal sealed partial class TemplateWriter(IReadOnlyList<TemplatePart> parts, Scope scope)
{
    private readonly Dictionary<int, (TemplatePart Part, JsonNode? Value)> values = [];
    private string text = "";
    private bool isMarkdown;
    private bool forPeople;

    /// <summary>Returns plain text.</summary>
    public string Plain()
    {
        Read();
        return Write(Addresses.InText(text, BeginsAddress));
    }

    /// <summary>Returns one address. A value at its start is an address or a part of one.</summary>
    public string Address()
    {
        Read();
        return Write(Addresses.Whole(text));
    }

    /// <summary>Returns Markdown in which values are text and never markup.</summary>
    /// <param name="inWords">Whether decimals and dates are formatted for people.</param>
    public string Markdown(bool inWords)
    {
        (isMarkdown, forPeople) = (true, inWords);
        Read();
        return Write(Addresses.InMarkdown(text, BeginsAddress));
    }

    private void Read()
    {
        var skeleton = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.IsValue)
            {
                values[skeleton.Length] = (part, part.Find(scope));
                skeleton.Append(Addresses.Value);
            }
            else
            {
                skeleton.Append(part.Text.Replace(Addresses.Value, '\uFFFD'));
            }
        }

        text = skeleton.ToString();
    }

    private string? BeginsAddress(int place) =>
        JsonValues.TryText(values[place].Value, out var value) && MarkdownText.IsAddress(value) ? value : null;

    private string Write(List<Address> addresses)
    {
        var written = new StringBuilder(text.Length + 64);
        var position = 0;
        foreach (var address in addresses)
        {
            Sentence(written, position, address.Start);
            written.Append(One(address));
            position = address.End;
        }

        Sentence(written, position, text.Length);
        return written.ToString();
    }

    private void Sentence(StringBuilder written, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text[i] == Addresses.Value)
            {
                written.Append(InSentence(i));
            }
            else
            {
                written.Append(text[i]);
            }
        }
    }

    private string InSentence(int place)
    {
        var (part, value) = values[place];
        var shown = part.Format is not null ? part.Formatted(value, scope)
            : forPeople ? ForPeople.Prose(value, scope.Locale.Culture)
            : JsonValues.Format(value);
        return isMarkdown ? MarkdownText.Escape(shown) : shown;
    }

    private bool IsLink(int place) => values[place].Part.Path is { } path && scope.Link(path) is not null;

    private string Raw(int place) => JsonValues.Format(values[place].Value);

    private string One(Address address)
    {
        if (!text.AsSpan(address.Start, address.End - address.Start).Contains(Addresses.Value))
        {
            return text[address.Start..address.End];
        }

        var written = new StringBuilder();
        for (var i = address.Start; i < address.End; i++)
        {
            written.Append(text[i] != Addresses.Value ? text[i].ToString()
                : i == address.Start ? Beginning(address)
                : address.Take(text, i, Raw(i)));
        }

        return (isMarkdown, address) switch
        {
            (true, { Kind: AddressKind.Bare }) => InMarkdown(address, written.ToString()),
            (true, { Kind: AddressKind.Target, Length: 1 }) when !IsLink(address.Start) && text[address.Start - 1] != '<' => $"<{written}>",
            _ => written.ToString(),
        };
    }

    /// <summary>Returns a value at the start of an address. A value that is an address itself stays one.</summary>
    private string Beginning(Address address)
    {
        var value = Raw(address.Start);
        return address.Kind switch
        {
            AddressKind.Whole => value,
            AddressKind.Bare => MarkdownText.IsAddress(value) ? value : AddressValue.Encode(value),
            _ when AddressValue.IsLinkable(value) => AddressValue.Whole(value),
            AddressKind.Angle when AddressValue.IsMailbox(value) => value,
            AddressKind.Angle => InSentence(address.Start),
            _ => AddressValue.Encode(value),
        };
    }

    // Parsers could misread such an address, so angle brackets mark it.
    private string InMarkdown(Address address, string written)
    {
        var isValue = text[address.Start] == Addresses.Value;
        if (isValue && MarkdownText.IsAddress(written) && Addresses.IsInLabel(text, address.Start))
        {
            return MarkdownText.Escape(written); // a link must not appear inside the label of another link
        }

        return isValue && !IsLink(address.Start) && MarkdownText.IsAddress(written) ? $"<{written}>"
            : Misread().IsMatch(written) && HasScheme().IsMatch(written)
                && !Addresses.IsInLabel(text, address.Start) && !Addresses.MayBeInCode(text, address.Start) ? $"<{written}>"
            : written;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9])[_~]|[_~](?![A-Za-z0-9])|\.\z")]
    private static partial Regex Misread();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]+\z")]
    private static partial Regex HasScheme();
}
