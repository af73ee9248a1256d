using PixelPipeline.Settings;

namespace PixelPipeline.Functions;

/// <summary>Makes the clients of Google's services at the start.</summary>
internal static class CloudClient
{
    /// <summary>Makes one.</summary>
    /// <exception cref="SettingsException">The endpoint is none, or there are no credentials.</exception>
    public static T Create<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (Exception e)
        {
            // A bad endpoint, or credentials that are missing or unreadable, for which the library has many exceptions.
            throw new SettingsException([e.Message.ReplaceLineEndings(" ")]);
        }
    }
}
