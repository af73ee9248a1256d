namespace PixelPipeline.Deploy.Tests;

internal static class Settings
{
    /// <summary>Everything that can be switched on.</summary>
    public static readonly string[] All = ["LAKE=on", "COLLECT=on", "LOG_FILES=on", "DASHBOARD=on", "DASHBOARD_READERS=group:team@example.com,user:ann@example.com", "BUDGET=250", "RATE_LIMIT=600"];
}
