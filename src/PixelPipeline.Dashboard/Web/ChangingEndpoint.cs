namespace PixelPipeline.Dashboard.Web;

/// <summary>Marks endpoints that do something: they take POST alone, and only from the dashboard's own pages.</summary>
internal sealed class ChangingEndpoint
{
    public static ChangingEndpoint Mark { get; } = new();
}
