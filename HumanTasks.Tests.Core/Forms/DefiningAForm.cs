using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.Forms;

public sealed class DefiningAForm
{
    private const string Options = """[ { "value": "a", "label": "A" }, { "value": "b" } ]""";

    [Theory]
    [InlineData("""{ "name": "f", "type": "text", "multiline": true, "minLength": 0, "maxLength": 20000, "pattern": "[a-z]+" }""", "text")]
    [InlineData("""{ "name": "f", "type": "number", "min": -0.5, "max": 79228162514264337593543950335, "step": 0.01 }""", "number")]
    [InlineData("""{ "name": "f", "type": "integer", "min": 1, "max": 1, "step": 1 }""", "integer")]
    [InlineData("""{ "name": "f", "type": "date", "min": "2026-01-01", "max": "2026-01-01" }""", "date")]
    [InlineData("""{ "name": "f", "type": "dateTime", "min": "2026-01-01T00:00+02:00", "max": "2026-01-01T00:00" }""", "dateTime")]
    [InlineData("""{ "name": "f", "type": "time", "min": "08:00", "max": "17:30:15" }""", "time")]
    [InlineData("""{ "name": "f", "type": "email" }""", "email")]
    [InlineData("""{ "name": "f", "type": "url" }""", "url")]
    [InlineData("""{ "name": "f", "type": "boolean" }""", "boolean")]
    [InlineData($$"""{ "name": "f", "type": "choice", "options": {{Options}}, "display": "dropdown" }""", "choice")]
    [InlineData($$"""{ "name": "f", "type": "choice", "options": {{Options}}, "display": "radio" }""", "choice")]
    [InlineData($$"""{ "name": "f", "type": "choice", "options": {{Options}}, "display": "buttons" }""", "choice")]
    [InlineData($$"""{ "name": "f", "type": "multiChoice", "options": {{Options}} }""", "multiChoice")]
    [InlineData("""{ "name": "f", "type": "file", "accept": [".pdf", "image/*", "application/vnd.ms-excel"], "maxBytes": 1, "multiple": true, "maxFiles": 20 }""", "file")]
    public void Every_type_has_the_members_of_the_contract(string field, string type) =>
        Assert.Equal(type, Assert.Single(FormGiven.Form(field).Fields).Type);

    [Theory]
    [InlineData("text")]
    [InlineData("number")]
    [InlineData("date")]
    [InlineData("email")]
    [InlineData("boolean")]
    public void All_types_share_their_other_members(string type)
    {
        var form = FormGiven.Form(
            """{ "name": "other", "type": "text" }""",
            $$"""{ "name": "f", "type": "{{type}}", "label": "L", "help": "H", "required": true, "value": null, "readOnly": true, "visibleWhen": { "field": "other", "equals": 1 }, "message": "M" }""");

        var field = form.Fields[1];
        Assert.Equal(("f", "L", "H", true, true, "M"), (field.Name, field.Label, field.Help, field.Required, field.ReadOnly, field.Message));
        Assert.NotNull(field.VisibleWhen);
    }

    [Fact]
    public void The_same_bytes_are_read_once_and_others_anew()
    {
        const string Definition = """{ "fields": [ { "name": "once", "type": "dateTime", "label": "Once" } ] }""";
        static Form Read(string text, string? zone)
        {
            using var document = JsonDocument.Parse(text); // and what was read outlives its document
            return Form.Read(document.RootElement, zone);
        }

        var form = Read(Definition, "Europe/Berlin");

        Assert.Same(form, Read(Definition, "Europe/Berlin"));
        Assert.NotSame(form, Read(Definition, null));
        Assert.NotSame(form, Read(Definition.Replace(" [", "[", StringComparison.Ordinal), "Europe/Berlin"));
        Assert.NotSame(form, Read(Definition.Replace("Once", "Twice", StringComparison.Ordinal), "Europe/Berlin"));
        Assert.Equal("Once", form.Definition.GetProperty("fields")[0].GetProperty("label").GetString());
    }

    [Fact]
    public void A_form_with_a_problem_is_refused_every_time()
    {
        const string Broken = """{ "fields": [ { "name": "f", "type": "text", "minLength": 5, "maxLength": 2 } ] }""";

        Assert.NotEmpty(FormGiven.ProblemsOf(Broken));
        Assert.Equal(FormGiven.ProblemsOf(Broken), FormGiven.ProblemsOf(Broken));
    }

    [Fact]
    public void However_many_forms_are_read_only_so_many_are_kept()
    {
        static Form Read(int i) => Form.Read(JsonElement.Parse(
            $$"""{ "fields": [ { "name": "f{{i}}", "type": "text", "help": "{{new string('x', 1900)}}" } ] }"""));
        var first = Read(0);

        for (var i = 1; i < 3000; i++)
        {
            Read(i);
        }

        Assert.NotSame(first, Read(0)); // 4 MiB later it was given up
        Assert.Equal("f0", Read(0).Fields[0].Name);
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("{}", "/fields")]
    [InlineData("""{ "fields": [] }""", "/fields")]
    [InlineData("""{ "fields": {} }""", "/fields")]
    [InlineData("""{ "submitLabel": 5, "fields": [] }""", "/submitLabel", "/fields")]
    [InlineData("""{ "fields": [ 5, null ] }""", "/fields/0", "/fields/1")]
    [InlineData("""{ "title": "t", "fields": [ { "name": "f", "type": "text" } ] }""", "/title")]
    public void A_document_that_is_no_form_is_refused(string document, params string[] pointers) =>
        Assert.Equal(pointers.Select(pointer => $"/form{pointer}"), FormGiven.ProblemsOf(document));

    [Theory]
    [InlineData("""{ }""", "/name", "/type")]
    [InlineData("""{ "name": "1st", "type": "text" }""", "/name")]
    [InlineData("""{ "name": "__proto__", "type": "text" }""", "/name")]
    [InlineData("""{ "name": "a.b", "type": "text" }""", "/name")]
    [InlineData("""{ "name": "{{x}}", "type": "text" }""", "/name")]
    [InlineData("""{ "name": "f\n", "type": "text" }""", "/name")]
    [InlineData("""{ "name": "f", "type": "colour", "shade": 5 }""", "/type")]
    [InlineData("""{ "name": "f", "type": "Text" }""", "/type")]
    [InlineData("""{ "name": "f", "type": "password" }""", "/type")]
    [InlineData("""{ "name": "Password", "type": "text" }""", "/name")]
    [InlineData("""{ "name": "f", "type": "text", "size": 5 }""", "/size")]
    [InlineData("""{ "name": "f", "type": "text", "min": 5 }""", "/min")]
    [InlineData("""{ "name": "f", "type": "boolean", "label": 5, "help": [], "required": "yes", "readOnly": 0, "message": {} }""", "/label", "/help", "/required", "/readOnly", "/message")]
    [InlineData("""{ "name": "f", "type": "text", "minLength": 6, "maxLength": 5 }""", "/minLength")]
    [InlineData("""{ "name": "f", "type": "text", "minLength": -1, "maxLength": 0 }""", "/minLength", "/maxLength")]
    [InlineData("""{ "name": "f", "type": "text", "maxLength": 1.5, "multiline": 1 }""", "/multiline", "/maxLength")]
    [InlineData("""{ "name": "f", "type": "text", "maxLength": 1e400 }""", "/maxLength")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "[" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "a)|(?:b" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "a\\" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "(?=.*\\d)(?=.*[a-z]).{4,}" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "(a)\\1" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "(?>a+)b" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "text", "pattern": "(a{1,1000}){1,1000}b" }""", "/pattern")]
    [InlineData("""{ "name": "f", "type": "number", "min": 2, "max": 1 }""", "/min")]
    [InlineData("""{ "name": "f", "type": "number", "step": 0 }""", "/step")]
    [InlineData("""{ "name": "f", "type": "number", "step": -1, "min": "1" }""", "/min", "/step")]
    [InlineData("""{ "name": "f", "type": "number", "min": 79228162514264337593543950336, "max": 1e400 }""", "/min", "/max")]
    [InlineData("""{ "name": "f", "type": "date", "min": "22.11.2026", "max": "2026-02-30" }""", "/min", "/max")]
    [InlineData("""{ "name": "f", "type": "date", "min": "2026-11-23", "max": "2026-11-22" }""", "/min")]
    [InlineData("""{ "name": "f", "type": "dateTime", "min": "2026-11-22" }""", "/min")]
    [InlineData("""{ "name": "f", "type": "time", "max": "24:00" }""", "/max")]
    [InlineData("""{ "name": "f", "type": "choice" }""", "/options")]
    [InlineData("""{ "name": "f", "type": "choice", "options": [] }""", "/options")]
    [InlineData("""{ "name": "f", "type": "choice", "options": "a" }""", "/options")]
    [InlineData("""{ "name": "f", "type": "choice", "options": [ { "value": "a" }, "b", { "label": "B" }, { "value": "a", "x": 1 }, { "value": 5 } ], "display": "wheel" }""", "/options/1", "/options/2/value", "/options/3/value", "/options/3/x", "/options/4/value", "/display")]
    [InlineData("""{ "name": "f", "type": "multiChoice", "options": [ { "value": "" } ], "display": "radio" }""", "/options/0/value", "/display")]
    [InlineData("""{ "name": "f", "type": "file", "accept": [".pdf", 5, "pdf", "*/*", ".tar.gz"], "maxBytes": 0, "maxFiles": 2, "value": "x" }""", "/accept/1", "/accept/2", "/accept/3", "/accept/4", "/maxFiles", "/maxBytes", "/value")]
    [InlineData("""{ "name": "f", "type": "file", "multiple": true, "maxFiles": 21 }""", "/maxFiles")]
    [InlineData("""{ "name": "f", "type": "text", "label": "{{", "value": ["{{ }}"] }""", "/label", "/value/0")]
    [InlineData("""{ "name": "f", "type": "text", "visibleWhen": { "field": "g", "equals": 1 } }""", "/visibleWhen")]
    [InlineData("""{ "name": "f", "type": "text", "visibleWhen": { "field": "f", "equals": 1 } }""", "/visibleWhen")]
    [InlineData("""{ "name": "f", "type": "text", "visibleWhen": { "field": "f.x", "equals": 1 } }""", "/visibleWhen")]
    [InlineData("""{ "name": "f", "type": "text", "visibleWhen": { "path": "g" } }""", "/visibleWhen/field", "/visibleWhen/path")]
    public void Every_problem_of_a_field_has_its_pointer(string field, params string[] pointers) => Assert.Equal(
        pointers.Select(pointer => $"/form/fields/0{pointer}"), FormGiven.ProblemsOf(FormGiven.Document(field)));

    [Fact]
    public void All_problems_are_told_at_once_and_none_because_of_another() => Assert.Equal(
        ["/form/fields/0/type", "/form/fields/2/name", "/form/fields/3/visibleWhen"],
        FormGiven.ProblemsOf(FormGiven.Document(
            """{ "name": "a", "type": "x" }""",
            """{ "name": "b", "type": "text", "visibleWhen": { "field": "a", "equals": 1 } }""",
            """{ "name": "b", "type": "text" }""",
            """{ "name": "c", "type": "text", "visibleWhen": { "field": "nobody", "equals": 1 } }""")));

    [Fact]
    public void Too_many_fields_and_options_are_refused()
    {
        var fields = Enumerable.Range(0, 201).Select(i => $$"""{ "name": "f{{i}}", "type": "text" }""").ToArray();
        var options = string.Join(',', Enumerable.Range(0, 501).Select(i => $$"""{ "value": "{{i}}" }"""));

        Assert.Equal(["/form/fields"], FormGiven.ProblemsOf(FormGiven.Document(fields)));
        Assert.Equal(
            ["/form/fields/0/options"],
            FormGiven.ProblemsOf(FormGiven.Document($$"""{ "name": "f", "type": "choice", "options": [{{options}}] }""")));
        Assert.Equal(200, FormGiven.Form(fields[..200]).Fields.Count);
    }

    [Fact]
    public void Resolved_it_has_its_templates_in_place()
    {
        var form = FormGiven.Form("""{ "name": "f", "type": "number", "label": "Of {{who}}", "value": "{{amount}}" }""");

        var resolved = Form.Read(form.Resolve(new Scope(Json.Object("""{ "who": "Ada", "amount": 12.5 }"""))));

        Assert.Equal("Of Ada", resolved.Fields[0].Label);
        Assert.Equal("12.5", resolved.Fields[0].Value!.ToJsonString());
    }

    [Fact]
    public void Resolved_a_text_stays_a_text_whatever_its_template_brought()
    {
        var form = FormGiven.Form(
            """{ "name": "a", "type": "text" }""",
            """
            { "name": "f", "type": "choice", "label": "{{n}}", "help": "{{list}}", "message": "{{yes}}",
              "options": [ { "value": "{{n}}", "label": "{{yes}}" } ], "visibleWhen": { "field": "a", "equals": "{{n}}" } }
            """);

        var field = Form.Read(form.Resolve(new Scope(Json.Object("""{ "n": 5, "list": [1], "yes": true }""")))).Fields[1];

        Assert.Equal(("5", "[1]", "true"), (field.Label, field.Help, field.Message));
        Assert.Equal(new Option("5", "true"), Assert.Single(((Field.Choice)field).Options));
        Assert.True(field.VisibleWhen!.Holds(Json.Object("""{ "a": 5 }""")));
    }

    [Theory]
    [InlineData("{{")]
    [InlineData("{{secret}}")]
    [InlineData("{{ }}")]
    public void Resolved_a_value_that_looks_like_a_template_is_a_value(string value)
    {
        var form = FormGiven.Form("""{ "name": "f", "type": "text", "label": "Of {{x}}", "value": "{{x}}" }""");
        var context = Json.Object($$"""{ "x": {{Json.Quote(value)}}, "secret": "s" }""");

        var resolved = Form.Read(form.Resolve(new Scope(context)));

        Assert.Equal($"Of {value}", resolved.Fields[0].Label);
        Assert.Equal(value, resolved.Fields[0].Value!.GetValue<string>());
        Assert.Empty(resolved.Paths);
    }

    [Fact]
    public void Resolved_a_long_text_stays_whole()
    {
        var form = FormGiven.Form("""{ "name": "f", "type": "boolean", "label": "I agree: {{terms}}" }""");
        var terms = new string('x', 5000);

        var resolved = Form.Read(form.Resolve(new Scope(Json.Object($$"""{ "terms": "{{terms}}" }"""))));

        Assert.Equal($"I agree: {terms}", resolved.Fields[0].Label);
    }
}
