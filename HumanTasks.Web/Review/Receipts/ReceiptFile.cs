using System.Text;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Forms;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Review.Receipts;

/// <summary>A receipt as plain text, for download.</summary>
internal static class ReceiptFile
{
    public static byte[] Write(Receipt receipt)
    {
        var response = receipt.Response;
        var text = new StringBuilder()
            .Append(ReviewTexts.Get("ReceiptOf", receipt.Task.Question.TitleIn(Languages.Current))).Append("\r\n")
            .Append(ReviewTexts.Get("Asks", receipt.Asks)).Append("\r\n\r\n");
        Line("ReceivedAt", Shown.Time(response.At));
        Line("CorrelationId", receipt.Task.CorrelationId);
        Line("ResponseId", response.Id);
        Line("RunId", response.ResumedRunId);
        text.Append("\r\n");
        if (response.Rejects)
        {
            text.Append(ReviewTexts.Get("RejectedTitle")).Append("\r\n");
            text.Append(response.Reason?.ReplaceLineEndings("\r\n")).Append("\r\n");
        }

        foreach (var (label, value, _) in receipt.Answers())
        {
            text.Append(label.Text).Append(": ").Append((value is null ? ReviewTexts.Get("NotGiven") : Isolates.Without(value)).ReplaceLineEndings("\r\n    ")).Append("\r\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        void Line(string label, string value) => text.Append(ReviewTexts.Get(label)).Append(": ").Append(value).Append("\r\n");
    }
}
