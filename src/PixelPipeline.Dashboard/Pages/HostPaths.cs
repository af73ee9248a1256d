namespace PixelPipeline.Dashboard.Pages;

/// <summary>Where forms are posted that have the host do something.</summary>
internal static class HostPaths
{
    /// <summary>Sends a marked hit and follows it.</summary>
    public const string Examine = "/pipeline/examine";

    /// <summary>Tries rejected entries again: those of <c>reason</c>, or all.</summary>
    public const string Replay = "/rejected/replay";
}
