using System.Text;
using HumanTasks.Core.Forms;

namespace HumanTasks.Tests.Forms;

public sealed class DetectingAFile
{
    private const string Png = "89504E470D0A1A0A0000000D49484452";
    private const string Pdf = "255044462D312E37";
    private const string Zip = "504B0304140000000800";
    private const string Exe = "4D5A90000300000004000000FFFF0000";
    private const string Elf = "7F454C4602010100";
    private const string Ole = "D0CF11E0A1B11AE10000";

    [Theory]
    [InlineData(Pdf, "a.pdf", "application/pdf")]
    [InlineData(Pdf, "A.PDF", "application/pdf")]
    [InlineData(Png, "a.png", "image/png")]
    [InlineData("FFD8FFE000104A464946", "a.jpg", "image/jpeg")]
    [InlineData("FFD8FFE1", "a.jpeg", "image/jpeg")]
    [InlineData("FFD8FFDB", "a.jfif", "image/jpeg")]
    [InlineData("474946383961", "a.gif", "image/gif")]
    [InlineData("474946383761", "a.gif", "image/gif")]
    [InlineData("524946460000000057454250", "a.webp", "image/webp")]
    [InlineData("00000018667479706865696300000000", "a.heic", "image/heic")]
    [InlineData("00000018667479706D69663100000000", "a.heif", "image/heic")]
    [InlineData("424D361000000000000036000000", "a.bmp", "image/bmp")]
    [InlineData("49492A0008000000", "a.tif", "image/tiff")]
    [InlineData("4D4D002A00000008", "a.tiff", "image/tiff")]
    [InlineData("00000018667479706D70343200000000", "a.mp4", "video/mp4")]
    [InlineData("00000014667479707174202000000000", "a.mov", "video/mp4")]
    [InlineData(Zip, "a.zip", "application/zip")]
    [InlineData("504B0506000000000000", "empty.zip", "application/zip")]
    [InlineData(Zip, "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData(Zip, "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    [InlineData(Zip, "a.pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation")]
    [InlineData(Zip, "a.odt", "application/vnd.oasis.opendocument.text")]
    [InlineData(Zip, "a.ods", "application/vnd.oasis.opendocument.spreadsheet")]
    [InlineData(Zip, "a.odp", "application/vnd.oasis.opendocument.presentation")]
    [InlineData(Ole, "a.doc", "application/msword")]
    [InlineData(Ole, "a.xls", "application/vnd.ms-excel")]
    [InlineData(Ole, "a.ppt", "application/vnd.ms-powerpoint")]
    [InlineData(Ole, "a.msg", "application/x-ole-storage")]
    [InlineData("1F8B0800", "a.gz", "application/gzip")]
    [InlineData("377ABCAF271C0004", "a.7z", "application/x-7z-compressed")]
    [InlineData(Exe, "a.exe", "application/x-msdownload")]
    [InlineData("00010203", "a.bin", "application/octet-stream")]
    [InlineData("00010203", "noextension", "application/octet-stream")]
    [InlineData(Pdf, "noextension", "application/pdf")]
    [InlineData(Pdf, ".htaccess", "application/pdf")]
    [InlineData(Pdf, "htaccess", "application/pdf")]
    [InlineData(Pdf, "Invoice No. 5", "application/pdf")]
    [InlineData(Png, "photo", "image/png")]
    [InlineData(Zip, "archive", "application/zip")]
    [InlineData(Ole, "letter", "application/x-ole-storage")]
    public void A_file_is_what_its_first_bytes_say(string head, string name, string contentType) =>
        Assert.Equal(contentType, FileContent.Detect(Convert.FromHexString(head), name));

    [Theory]
    [InlineData("plain", "a.txt", "text/plain")]
    [InlineData("a;b\n", "a.CSV", "text/csv")]
    [InlineData("BMW;5\n", "cars.csv", "text/csv")]
    [InlineData("MZ is no program", "a.txt", "text/plain")]
    [InlineData("GIF8 is not even a picture", "a.md", "text/markdown")]
    [InlineData("{}", "a.json", "application/json")]
    [InlineData("<a/>", "a.xml", "application/xml")]
    [InlineData("<svg/>", "a.svg", "image/svg+xml")]
    [InlineData("<html>", "a.html", "text/html")]
    [InlineData("", "a.txt", "text/plain")]
    [InlineData("", "a.bin", "application/octet-stream")]
    public void A_text_is_what_its_name_says(string text, string name, string contentType) =>
        Assert.Equal(contentType, FileContent.Detect(Encoding.UTF8.GetBytes(text), name));

    [Theory]
    [InlineData(Exe, "invoice.pdf")]
    [InlineData(Exe, "invoice.exe.pdf")]
    [InlineData(Exe, "photo.jpg")]
    [InlineData(Exe, "letter.docx")]
    [InlineData(Exe, "notes.txt")]
    [InlineData(Exe, "noextension")]
    [InlineData(Exe, "a.exe ")]
    [InlineData(Exe, ".htaccess")]
    [InlineData(Pdf, "evil.html\u00a0")]
    [InlineData(Pdf, "evil.scr")]
    [InlineData(Elf, "a.png")]
    [InlineData(Elf, "a.txt")]
    [InlineData(Elf, "noextension")]
    [InlineData(Pdf, "a.png")]
    [InlineData(Pdf, "a.txt")]
    [InlineData(Pdf, "a.html")]
    [InlineData(Png, "a.pdf")]
    [InlineData(Png, "a.jpg")]
    [InlineData(Png, "a.svg")]
    [InlineData(Zip, "a.pdf")]
    [InlineData(Zip, "a.txt")]
    [InlineData(Zip, "a.jar")]
    [InlineData("504B0506000000000000", "a.docx")]
    [InlineData(Ole, "a.docx")]
    [InlineData("474946383961", "a.html")]
    [InlineData("00010203", "a.txt")]
    public void A_known_content_under_another_name_is_refused(string head, string name) =>
        Assert.Null(FileContent.Detect(Convert.FromHexString(head), name));

    [Theory]
    [InlineData("<html><script>alert(1)</script>", "a.png")]
    [InlineData("<html>", "a.pdf")]
    [InlineData(" %PDF-1.7 after a space", "a.pdf")]
    [InlineData("<svg onload=alert(1)>", "a.jpg")]
    [InlineData("#!/bin/sh", "a.zip")]
    [InlineData("{\\rtf1}", "a.doc")]
    [InlineData("", "a.pdf")]
    [InlineData("", "a.docx")]
    [InlineData("%PDF", "a.pdf")]
    [InlineData("GIF8", "a.gif")]
    public void A_name_that_promises_what_is_not_there_is_refused(string text, string name) =>
        Assert.Null(FileContent.Detect(Encoding.UTF8.GetBytes(text), name));

    [Theory]
    [InlineData("GIF89a=1;/*<script>*/", "a.js")]
    [InlineData("%PDF-1.7 <html>", "a.html")]
    [InlineData("GIF89a<svg>", "a.svg")]
    public void A_file_that_is_two_things_is_refused_under_the_name_of_the_second(string text, string name) =>
        Assert.Null(FileContent.Detect(Encoding.UTF8.GetBytes(text), name));

    [Theory]
    [InlineData("noextension", "application/pdf", ".pdf", true)]
    [InlineData("noextension", "application/pdf", "application/pdf", true)]
    [InlineData("noextension", "application/pdf", "image/*", false)]
    [InlineData("noextension", "application/pdf", ".png", false)]
    [InlineData("photo", "image/jpeg", ".JPEG", true)]
    [InlineData("photo", "image/jpeg", "image/*", true)]
    [InlineData("archive", "application/zip", ".zip", true)]
    [InlineData("archive", "application/zip", ".docx", false)] // perhaps, and perhaps not
    [InlineData("letter", "application/x-ole-storage", ".doc", false)]
    [InlineData("noextension", "application/octet-stream", ".txt", false)]
    [InlineData("a.pdf", "application/pdf", ".png", false)]
    public void A_name_without_an_extension_is_accepted_by_its_content(string name, string contentType, string accept, bool accepted) =>
        Assert.Equal(accepted, new FileValue("x", name, contentType, 1, "").IsAcceptedBy(new Field.File { Name = "f", Label = "F", Accept = [accept] }));
}
