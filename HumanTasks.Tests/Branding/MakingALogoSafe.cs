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
