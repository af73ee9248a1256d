namespace PixelPipeline.Tables;

/// <summary>The layouts by name, as a setting and a table's label spell them: in small letters.</summary>
public enum LayoutName
{
    /// <summary>A table for each user and day.</summary>
    Template,

    /// <summary>One partitioned table.</summary>
    Partitioned,

    /// <summary>A table for each user and day, and one table of all events.</summary>
    Both,
}
