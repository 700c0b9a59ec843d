using System.Text.Json.Nodes;

namespace HumanTasks.Core.Forms;

/// <summary>
/// A type of field: its name and what its definition may have. Each type has a folder of its own in Forms/Types with its
/// <see cref="Field"/>, and a folder of the same name in the web layer with its inputs.
/// </summary>
internal abstract class FieldType
{
    /// <summary>As in the contract.</summary>
    public abstract string Name { get; }

    /// <summary>Reads a definition.</summary>
    public abstract Field? Read(FieldReader reader);

    /// <summary>The JSON Schema of the members that only this type has, by name.</summary>
    public virtual JsonObject Members() => [];

    /// <summary>Members that a definition needs besides its name and type.</summary>
    public virtual IReadOnlyList<string> Needs => [];

    /// <summary>Members with text for people, besides those of all fields.</summary>
    public virtual IReadOnlyList<string> Texts => [];

    /// <summary>Which of <see cref="Texts"/> are Markdown.</summary>
    public virtual IReadOnlyList<string> Markdown => [];

    /// <summary>Members with a list of definitions, which have texts of their own.</summary>
    public virtual IReadOnlyList<string> Parts => [];

    /// <summary>Whether a person can answer with any text, such as a password.</summary>
    public virtual bool TakesText => false;

    /// <summary>Whether a model may prefill it.</summary>
    public virtual bool TakesValue => true;

    /// <summary>Whether a table may have it as a column.</summary>
    public virtual bool IsColumn => true;

    /// <summary>How many radio buttons it has on a page without options of its own.</summary>
    public virtual int Inputs => 0;

    /// <summary>Texts of a field by which it may ask for something, besides those of all fields.</summary>
    public virtual IEnumerable<string?> Asks(Field field) => [];

    /// <summary>A definition whose templates are resolved, without what the context brought too much.</summary>
    public virtual JsonObject Resolved(JsonObject definition) => definition;
}
