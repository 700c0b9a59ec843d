using System.Globalization;
using System.Text.Json.Nodes;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.Forms;

public abstract partial record Field
{
    /// <summary>A table whose rows all have the same fields.</summary>
    public sealed record Table : Field
    {
        /// <summary>The maximum number of rows.</summary>
        public const int MostRows = 200;

        private const int UsualRows = 50;

        public override string Type => "table";

        /// <summary>The fields of a row: any type except file, table, signature and display.</summary>
        public required IReadOnlyList<Field> Columns { get; init; }

        public int MinRows { get; init; }

        public int MaxRows { get; init; } = UsualRows;

        /// <summary>Returns the input name of a cell.</summary>
        public static string CellName(string table, int row, string column) =>
            string.Create(CultureInfo.InvariantCulture, $"{table}.{row}.{column}");

        internal static Table Read(FieldReader reader)
        {
            var members = reader.Members;
            List<Field> columns = [];
            var names = new FieldNames();
            foreach (var (item, pointer) in members.Array("fields", FormReader.MaxColumns))
            {
                if (ObjectReader.Open(item, pointer, members.Problems) is { } column && ReadColumn(column, names, reader) is { } field)
                {
                    columns.Add(field);
                }
            }

            if (members.Any("fields") is null || members.IsEmptyList("fields"))
            {
                members.Refuse("fields", "A table needs at least one column in 'fields'.");
            }

            var (min, max) = (members.Integer("minRows", 0, MostRows) ?? 0, members.Integer("maxRows", 1, MostRows));
            if (min > max)
            {
                members.Refuse("minRows", "'minRows' must not exceed 'maxRows'.");
            }

            return new Table
            {
                Name = reader.Name,
                Label = reader.Name,
                Columns = columns,
                MinRows = min,
                MaxRows = max ?? Math.Max(min, UsualRows),
            };
        }

        private static Field? ReadColumn(ObjectReader column, FieldNames names, FieldReader reader)
        {
            var name = names.Read(column);
            if (column.Text("type") is { } type && FieldTypes.Find(type) is { IsColumn: false })
            {
                column.Refuse("type", $"Tables don't support '{type}' columns.");
                return null;
            }

            foreach (var member in (string[])["visibleWhen", "readOnly"])
            {
                if (column.Any(member) is not null)
                {
                    column.Refuse(member, $"Table columns don't support '{member}'.");
                }
            }

            return FormReader.ReadField(column, name, reader.Zone, reader.Language);
        }

        internal override AnswerShape Shape => AnswerShape.List;

        internal static JsonObject Members() => new()
        {
            ["fields"] = FormSchema.OfType("array", ("minItems", 1), ("description", "The fields of a row, each like a field of the form, but without " + string.Join(", ", FieldTypes.All.Where(type => !type.IsColumn).Select(type => type.Name)) + ".")),
            ["minRows"] = FormSchema.OfType("integer", ("minimum", 0), ("maximum", MostRows)),
            ["maxRows"] = FormSchema.OfType("integer", ("minimum", 1), ("maximum", MostRows)),
        };

        internal override bool MustBeAnswered => Required || MinRows > 0;

        internal override JsonNode Example() => new JsonArray([.. Enumerable.Range(0, Math.Max(MinRows, 1)).Select(_ =>
            new JsonObject(Columns.Select(column => KeyValuePair.Create(column.Name, column.Example()))))]);

        internal override string Missing() => MinRows > 0 ? FormTexts.Count("TooFewRows", Label, MinRows) : base.Missing();

        internal override (JsonNode? Value, string? Problem) Check(JsonNode given, long maxFileBytes)
        {
            var (value, problems) = CheckRows(given, "", maxFileBytes);
            return (value, problems.Count > 0 ? problems[0].Message : null);
        }

        /// <summary>Returns the rows to store, or all their problems.</summary>
        /// <param name="given">An array of objects.</param>
        /// <param name="pointer">The JSON pointer to the array.</param>
        /// <param name="maxFileBytes">The host's limit for one file; rows contain none.</param>
        internal (JsonArray? Value, IReadOnlyList<InputProblem> Problems) CheckRows(JsonNode given, string pointer, long maxFileBytes)
        {
            List<InputProblem> problems = [];
            if (given is not JsonArray rows || rows.Any(row => row is not JsonObject))
            {
                return (null, [new InputProblem(Name, pointer, FormTexts.Get("NotATable", Label))]);
            }

            if (rows.Count < MinRows || rows.Count > MaxRows)
            {
                problems.Add(new InputProblem(Name, pointer, rows.Count < MinRows
                    ? FormTexts.Count("TooFewRows", Label, MinRows)
                    : FormTexts.Count("TooManyRows", Label, MaxRows)));
            }

            var clean = new JsonArray();
            for (var i = 0; i < rows.Count && i < MostRows; i++)
            {
                clean.Add(CheckRow(rows[i]!.AsObject(), i, JsonPointer.Append(pointer, i), maxFileBytes, problems));
            }

            return (clean, problems);
        }

        private JsonObject CheckRow(JsonObject row, int number, string pointer, long maxFileBytes, List<InputProblem> problems)
        {
            var clean = new JsonObject();
            void Refuse(string column, string message) =>
                problems.Add(new InputProblem(CellName(Name, number, column), JsonPointer.Append(pointer, column), message));

            foreach (var (name, _) in row.Where(cell => Columns.All(column => column.Name != cell.Key)).Take(FormReader.MaxColumns))
            {
                Refuse(name, FormTexts.Get("UnknownField", name));
            }

            foreach (var column in Columns)
            {
                if (FormInput.IsEmpty(row[column.Name]))
                {
                    if (column.Required)
                    {
                        Refuse(column.Name, column.Message ?? column.Missing());
                    }

                    clean[column.Name] = null;
                    continue;
                }

                var (value, problem) = column.Check(row[column.Name]!, maxFileBytes);
                if (problem is null)
                {
                    clean[column.Name] = value;
                }
                else
                {
                    Refuse(column.Name, column.Message ?? problem);
                }
            }

            return clean;
        }

        internal override JsonObject Schema()
        {
            var properties = new JsonObject();
            var required = new JsonArray();
            foreach (var column in Columns)
            {
                properties[column.Name] = FormSchema.OfField(column);
                if (column.Required)
                {
                    required.Add(column.Name);
                }
            }

            var row = FormSchema.OfType("object", ("properties", properties), ("additionalProperties", false));
            if (required.Count > 0)
            {
                row["required"] = required;
            }

            return FormSchema.OfType("array", ("items", row), ("minItems", Required ? Math.Max(1, MinRows) : MinRows), ("maxItems", MaxRows));
        }

        /// <summary>
        /// Removes from the prefilled rows of a table definition all members that are not columns. Lists in the context
        /// often have such members, which nobody sees and no response may contain.
        /// </summary>
        internal static JsonObject OnlyColumns(JsonObject definition)
        {
            if (definition["value"] is JsonArray rows && definition["fields"] is JsonArray columns)
            {
                var names = columns.Select(column => (string?)(column as JsonObject)?["name"]).ToHashSet(StringComparer.Ordinal);
                foreach (var row in rows.OfType<JsonObject>())
                {
                    foreach (var other in row.Select(cell => cell.Key).Where(name => !names.Contains(name)).ToArray())
                    {
                        row.Remove(other);
                    }
                }
            }

            return definition;
        }

        /// <summary>
        /// Returns the rows of a prefilled or stored value. An item that is not an object becomes an empty row.
        /// </summary>
        public static IEnumerable<JsonObject> RowsOf(JsonNode? value) =>
            value is JsonArray rows ? rows.Select(row => row as JsonObject ?? []) : [];

        /// <summary>Returns whether a row is unanswered.</summary>
        public static bool IsEmptyRow(JsonObject row) => row.All(cell => FormInput.IsEmpty(cell.Value) || (cell.Value is JsonValue value && value.TryGetValue(out bool yes) && !yes));
    }
}
