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
    [InlineData("<!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg xmlns='http://www.w3.org/2000/svg'/>")]
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
