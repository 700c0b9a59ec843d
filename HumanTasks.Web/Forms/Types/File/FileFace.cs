using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Settings;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Forms.Types;

/// <summary>A file is no text: it comes as a part of its own.</summary>
internal sealed class FileFace : FieldFace
{
    public override Type ComponentOf(FieldModel model) => typeof(FileInput);

    public override string ReadAs(Field field) => "files";

    public override string Words(Field field, JsonNode value) => value switch
    {
        JsonArray list => Punctuation.List(list.Select(NameOf)),
        JsonObject file => NameOf(file),
        _ => Shown.Scalar(value),
    };

    public override string? HintOf(Field field, LimitOptions limits) => OfFile((Field.File)field, limits);

    // what the author's own help says already is not said twice
    private static string? OfFile(Field.File field, LimitOptions limits)
    {
        var help = field.Help ?? "";
        var size = ByteSize.Of(Math.Min(field.MaxBytes ?? limits.MaxUploadBytes, limits.MaxUploadBytes));
        var kinds = field.Accept.Select(entry => entry switch
        {
            "image/*" => ReviewTexts.Get("Images"),
            "audio/*" => ReviewTexts.Get("Audio"),
            "video/*" => ReviewTexts.Get("Videos"),
            "application/pdf" => "PDF",
            _ => entry.TrimStart('.').ToUpperInvariant() is { Length: <= 5 } kind ? kind : entry,
        }).Distinct().ToArray();
        var saysSize = help.Replace('\u00a0', ' ').Contains(size, StringComparison.OrdinalIgnoreCase);
        var saysKinds = field.Accept.Count == 0
            || kinds.Any(kind => help.Contains(kind, StringComparison.OrdinalIgnoreCase)
                || help.Contains(kind.TrimEnd('s'), StringComparison.OrdinalIgnoreCase));
        return FieldHints.Join(
            saysKinds ? null : ReviewTexts.Get("HintAccept", Punctuation.List(kinds.Select(Isolates.Around))),
            field.MaxFiles > 1 ? ReviewTexts.Count("HintFiles", field.MaxFiles, field.MaxFiles, Isolates.Around(size))
            : saysSize ? null
            : ReviewTexts.Get("HintFile", Isolates.Around(size)));
    }

    private static string NameOf(JsonNode? file) =>
        file is JsonObject && JsonValues.TryText(file["name"], out var name) && JsonValues.TryNumber(file["size"], out var size)
            ? $"{Isolates.Around(name)} ({Isolates.Around(ByteSize.Of((long)size))})"
            : JsonValues.Format(file);
}
