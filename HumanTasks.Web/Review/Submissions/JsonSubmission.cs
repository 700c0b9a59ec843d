using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>Reads <c>{ "values": { … } }</c> or <c>{ "reject": true, "reason": "…" }</c>, strictly.</summary>
internal static class JsonSubmission
{
    public const int MaxReasonLength = 2000;

    private static readonly ObjectMember ValuesMember = new("values") { Says = "Field name to value. Required unless 'reject' is true." };
    private static readonly FlagMember RejectMember = new("reject") { Says = "Whether the task is declined." };
    private static readonly TextMember ReasonMember = new("reason", MaxReasonLength) { Says = "Why it is declined." };
    private static readonly IntegerMember RoundMember = new("round", 1, int.MaxValue) { Says = "The round that the form was of." };

    public static readonly Shape Shape = new("SubmissionRequest", ValuesMember, RejectMember, ReasonMember, RoundMember);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    public static Reading Read(ReadOnlyMemory<byte> bytes, string? charset, Form form)
    {
        if (ReceivedText.ToWholeUtf8(bytes, charset) is not { } body)
        {
            return new Reading.Malformed(ReceivedText.NotWhole);
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Strict);
        }
        catch (JsonException malformed)
        {
            return new Reading.Malformed($"The body is not valid JSON: {malformed.Message}");
        }

        using (document)
        {
            var problems = new Problems();
            if (ObjectReader.Open(document.RootElement, "", problems) is not { } reader)
            {
                return new Reading.WrongShape(problems);
            }

            var rejects = reader.Flag(RejectMember) ?? false;
            var reason = reader.Text(ReasonMember);
            var round = reader.Integer(RoundMember);
            var values = rejects ? reader.Object(ValuesMember) : reader.RequiredObject(ValuesMember.Name);
            reader.Finish(Shape);
            return problems.Count > 0 ? new Reading.WrongShape(problems) : new Reading.Complete(new Sent
            {
                Values = values is null ? [] : Values(values.Element, form),
                Rejects = rejects,
                Round = round,
                Reason = reason is null || BlankText.Is(reason) ? null : reason.Trim(),
            });
        }
    }

    /// <summary>Reads the part <c>values</c> of a multipart body; returns null when it is not a JSON object.</summary>
    public static JsonObject? ReadValues(string text, Form form)
    {
        if (!WholeText.Is(Encoding.UTF8.GetBytes(text)))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Values(document.RootElement, form) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Reads the values. A file must be an upload: JSON that describes a file becomes a text, which form validation
    /// refuses.
    /// </summary>
    private static JsonObject Values(JsonElement element, Form form)
    {
        var values = JsonObject.Create(element.Clone())!;
        foreach (var field in form.Fields.OfType<Field.File>())
        {
            if (values[field.Name] is { } claimed && !FormInput.IsEmpty(claimed))
            {
                values[field.Name] = claimed.ToJsonString();
            }
        }

        return values;
    }
}
