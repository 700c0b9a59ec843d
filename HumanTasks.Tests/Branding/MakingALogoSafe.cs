using System.Diagnostics;
using System.Text;
using HumanTasks.Web.Branding;

namespace HumanTasks.Tests.Branding;

/// <summary>What somebody uploads as a logo is shown to strangers: nothing of it may run, load or tell anything.</summary>
public sealed class MakingALogoSafe
{
    private const string Start = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 8 8">""";

    [Theory]
    [InlineData("<script>alert(1)</script>", "script")]
    [InlineData("<rect width='8' height='8' onload='alert(1)'/>", "onload")]
    [InlineData("<foreignObject><body xmlns='http://www.w3.org/1999/xhtml'>x</body></foreignObject>", "foreignObject")]
    [InlineData("<image href='https://evil.example/x.png'/>", "evil")]
    [InlineData("<use xlink:href='https://evil.example/x.svg#a'/>", "evil")]
    [InlineData("<rect fill=\"url('https://evil.example/x')\"/>", "evil")]
    [InlineData("<rect fill='u\\72l(https://evil.example/x)'/>", "evil")]
    [InlineData("<rect style='fill:url(https://evil.example/x)'/>", "evil")]
    [InlineData("<rect mask='url(#a), url(https://evil.example/x)'/>", "evil")]
    [InlineData("<rect mask='image-set(\"https://evil.example/x\" 1x)'/>", "evil")]
    [InlineData("<style>.a { fill: u/**/rl(https://evil.example/x) }</style><rect class='a'/>", "evil")]
    [InlineData("<style>rect { fill: red; onload: alert(1); href: #x }</style><rect/>", "alert")]
    [InlineData("<style>@import 'https://evil.example/x.css';</style>", "evil")]
    [InlineData("<a href='javascript:alert(1)'><rect/></a>", "javascript")]
    [InlineData("<animate attributeName='href' values='javascript:alert(1)'/>", "javascript")]
    [InlineData("<set attributeName='onmouseover' to='alert(1)'/>", "alert")]
    [InlineData("<!-- secret --><rect/>", "secret")]
    public void Nothing_in_an_SVG_runs_or_loads(string part, string never)
    {
        var (logo, problem) = LogoImage.Read(Encoding.UTF8.GetBytes($"{Start}{part}<path d='M0 0h8v8z' fill='#123456'/></svg>"));

        Assert.Null(problem);
        var kept = Encoding.UTF8.GetString(logo!.Bytes.Span);
        Assert.DoesNotContain(never, kept, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("M0 0h8v8z", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE svg [<!ENTITY a 'aaaa'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>")]
    [InlineData("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg xmlns='http://www.w3.org/2000/svg'>&x;<rect/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><image href='data:image/png;base64,AAAA'/></svg>")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g id='a'><rect/></g><g id='b'><use href='#a'/><use href='#a'/></g><use href='#b'/></svg>")]
    [InlineData("<html><svg xmlns='http://www.w3.org/2000/svg'/></html>")]
    [InlineData("GIF89a")]
    [InlineData("")]
    public void What_is_neither_a_plain_SVG_nor_a_PNG_is_refused(string text) =>
        Assert.NotNull(LogoImage.Read(Encoding.UTF8.GetBytes(text)).Problem);

    [Theory]
    [InlineData("mask")]
    [InlineData("clip-path")]
    public void A_picture_whose_parts_multiply_is_refused(string attribute)
    {
        var element = attribute == "mask" ? "mask" : "clipPath";
        var levels = Enumerable.Range(0, 30).Select(level =>
        {
            var part = $"<rect {attribute}='url(#m{level + 1})'/>";
            return $"<{element} id='m{level}'>{part}{part}</{element}>";
        });
        var svg = $"{Start}{string.Concat(levels)}<rect width='8' height='8' style='{attribute}: url( \"#m0\" )'/></svg>";

        Assert.True(svg.Length < 3800);
        Assert.NotNull(LogoImage.Read(Encoding.UTF8.GetBytes(svg)).Problem);
    }

    [Theory]
    [InlineData("<mask id='m'><rect mask='url(#m)'/></mask><rect mask='url(#m)'/>")]
    [InlineData("<mask id='a'><rect mask='url(#b)'/></mask><mask id='b'><rect mask='url(#a)'/></mask><rect mask='url(#a)'/>")]
    [InlineData("<g id='g'><rect/><use href='#g'/></g>")]
    public void A_picture_that_shows_itself_is_refused(string parts) =>
        Assert.NotNull(LogoImage.Read(Encoding.UTF8.GetBytes($"{Start}{parts}</svg>")).Problem);

    [Theory]
    [InlineData("<mask id='m'>", "<rect mask='url(#m)'/>", "</mask>", 40, 40)]
    [InlineData("<g id='g'>", "<use href='#g'/>", "</g>", 150, 90)]
    [InlineData("<g id='g'>", "<g opacity='.5'><g/></g>", "</g>", 1, 150)]
    public void A_picture_that_draws_or_layers_more_than_a_logo_needs_is_refused(
        string start, string shown, string end, int within, int times)
    {
        var inner = shown.Contains("mask", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Repeat("<g opacity='.5'><rect/></g>", within))
            : string.Concat(Enumerable.Repeat("<rect/>", within));
        var svg = $"{Start}{start}{inner}{end}{string.Concat(Enumerable.Repeat(shown, times))}</svg>";

        Assert.NotNull(LogoImage.Read(Encoding.UTF8.GetBytes(svg)).Problem);
    }

    [Fact]
    public void A_logo_with_a_mask_a_clip_and_many_gradients_stays()
    {
        var stops = string.Concat(Enumerable.Repeat("<stop offset=\"0\" stop-color=\"red\" />", 20));
        var shapes = string.Concat(Enumerable.Repeat("<rect fill=\"url(#g)\" />", 900));
        var svg = $"{Start}<linearGradient id=\"g\">{stops}</linearGradient><mask id=\"m\"><rect /></mask><clipPath id=\"c\"><use xlink:href=\"#r\" /></clipPath>"
            + $"<rect id=\"r\" /><g mask=\"url(#m)\" clip-path=\"url(#c)\">{shapes}</g></svg>";

        var (logo, problem) = LogoImage.Read(Encoding.UTF8.GetBytes(svg));

        Assert.Null(problem);
        Assert.Equal(svg, Encoding.UTF8.GetString(logo!.Bytes.Span));
    }

    public static TheoryData<string, string> Amplifiers() => new()
    {
        { "one long word", $"<path d='{new string('a', 60_000)}'/>" },
        { "a long word in many brackets", $"<path d='{string.Concat(Enumerable.Repeat("a (", 20_000))}'/>" },
        { "spaces before no bracket", $"<path d='a{new string(' ', 60_000)}b'/>" },
        { "blocks that never end", $"<style>@a{{{string.Concat(Enumerable.Repeat("b{c}", 15_000))}</style><rect/>" },
        { "many at-rules that never end", $"<style>{new string('@', 60_000)}</style><rect/>" },
        { "comments that never end", $"<style>{string.Concat(Enumerable.Repeat("/*", 30_000))}</style><rect/>" },
        {
            "many rules for many parts",
            $"<style>{string.Concat(Enumerable.Range(0, 500).Select(i => $".a,.b,.c,.d,.e,.f,.g,.h,.i,.j{{r:{i}}}"))}</style>{string.Concat(Enumerable.Repeat("<g class='a b c d e f'/>", 1400))}<rect/>"
        },
        { "many declarations for many parts", $"<style>g{{{string.Concat(Enumerable.Repeat("r:1;", 12_000))}}}</style>{string.Concat(Enumerable.Repeat("<g/>", 1900))}<rect/>" },
        { "one long value for many parts", $"<style>g{{d:{new string('M', 40_000)}}}</style>{string.Concat(Enumerable.Repeat("<g/>", 1900))}<rect/>" },
        { "many attributes", $"<rect {string.Concat(Enumerable.Range(0, 7000).Select(i => $"a{i}='' "))}/>" },
        { "many classes", $"<rect class='{string.Concat(Enumerable.Range(0, 9000).Select(i => $"c{i} "))}'/>" },
        { "many parts within each other", $"{string.Concat(Enumerable.Repeat("<g>", 1900))}<rect/>{string.Concat(Enumerable.Repeat("</g>", 1900))}" },
    };

    [Theory]
    [MemberData(nameof(Amplifiers))]
    public void A_picture_of_60_kB_is_judged_at_once_whatever_is_in_it(string what, string parts)
    {
        var bytes = Encoding.UTF8.GetBytes($"{Start}{parts}</svg>");
        Assert.InRange(bytes.Length, 9_000, LogoImage.MaxBytes);
        var began = Stopwatch.GetTimestamp();

        LogoImage.Read(bytes);

        var took = Stopwatch.GetElapsedTime(began);
        Assert.True(took < TimeSpan.FromSeconds(2), $"{what} took {took}");
    }

    [Fact]
    public void A_later_rule_wins_whatever_selects_the_part_and_its_own_style_wins_over_all()
    {
        var kept = System.Xml.Linq.XElement.Parse(Encoding.UTF8.GetString(LogoImage.Read(Encoding.UTF8.GetBytes(
            $"{Start}<style>#i{{fill:red}} .c{{fill:green;stroke:red}} rect{{fill:blue}}</style>"
            + "<rect id='i' class='c'/><rect class='c' style='stroke:black'/></svg>")).Logo!.Bytes.Span));

        Assert.Equal(["blue", "blue"], kept.Elements().Select(rect => (string?)rect.Attribute("fill")));
        Assert.Equal(["red", "black"], kept.Elements().Select(rect => (string?)rect.Attribute("stroke")));
    }

    [Fact]
    public void Shapes_colours_and_references_within_stay()
    {
        const string Svg = "<defs><linearGradient id=\"a\"><stop offset=\"0\" stop-color=\"red\" /></linearGradient></defs><rect fill=\"url(#a)\" width=\"8\" height=\"8\" /><use xlink:href=\"#a\" />";

        var kept = Encoding.UTF8.GetString(LogoImage.Read(Encoding.UTF8.GetBytes($"{Start}{Svg}</svg>")).Logo!.Bytes.Span);

        Assert.Equal($"{Start}{Svg}</svg>", kept);
    }

    [Fact]
    public void What_programs_for_drawing_put_into_styles_becomes_attributes()
    {
        const string Svg = """
            <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
            <svg xmlns="http://www.w3.org/2000/svg"><style>/* one */ .st0, .st1 { fill: #ff0000; } .st1{stroke:blue} @media print { .st0 { display: none } }</style>
            <path class="st0" d="M0 0h8v8z" /><path class="st1 x" fill="#000000" d="M1 1h8v8z" /><path style="fill:#00ff00;-inkscape-x:1; stroke-width : 2" d="M2 2h8v8z" /></svg>
            """;

        var kept = System.Xml.Linq.XElement.Parse(Encoding.UTF8.GetString(LogoImage.Read(Encoding.UTF8.GetBytes(Svg)).Logo!.Bytes.Span));

        Assert.Equal(
            ["d fill", "d fill stroke", "d fill stroke-width"],
            kept.Elements().Select(path => string.Join(' ', path.Attributes().Select(attribute => attribute.Name.LocalName).Order())));
        Assert.Equal(["#ff0000", "#ff0000", "#00ff00"], kept.Elements().Select(path => (string?)path.Attribute("fill")));
    }

    [Fact]
    public void Of_a_PNG_only_the_picture_is_kept()
    {
        var png = SomePng.With(("tEXt", "Author\0Somebody"u8.ToArray()), ("eXIf", [1, 2, 3]));

        var (logo, problem) = LogoImage.Read(png);

        Assert.Null(problem);
        Assert.Equal(SomePng.With(), logo!.Bytes.ToArray());
    }

    [Fact]
    public void A_PNG_that_is_damaged_cut_off_or_huge_is_refused()
    {
        var png = SomePng.With();
        byte[] damaged = [.. png];
        damaged[20] ^= 1;

        Assert.NotNull(LogoImage.Read(damaged).Problem);
        Assert.NotNull(LogoImage.Read(png[..^5]).Problem);
        Assert.NotNull(LogoImage.Read(SomePng.With(width: 50_000)).Problem);
        Assert.NotNull(LogoImage.Read(new byte[LogoImage.MaxBytes + 1]).Problem);
    }
}
