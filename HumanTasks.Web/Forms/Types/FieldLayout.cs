namespace HumanTasks.Web.Forms.Types;

internal enum FieldLayout
{
    /// <summary>A label above one input.</summary>
    Labelled,

    /// <summary>A legend above several inputs.</summary>
    Group,

    /// <summary>A box whose label stands beside it.</summary>
    Box,

    /// <summary>A legend above rows of fields.</summary>
    Rows,

    /// <summary>Nothing to answer.</summary>
    Shown,
}
