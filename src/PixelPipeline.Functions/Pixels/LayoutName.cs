namespace PixelPipeline.Functions.Pixels;

/// <summary>The two table layouts, as the setting names them.</summary>
internal enum LayoutName
{
    /// <summary>A table for each user and day, made from a template.</summary>
    Template,

    /// <summary>One table, partitioned by day and clustered by user.</summary>
    Partitioned,
}
