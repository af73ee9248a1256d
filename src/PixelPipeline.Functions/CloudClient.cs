using PixelPipeline.Settings;

namespace PixelPipeline.Functions;

/// <summary>Makes the clients of Google's services at the start.</summary>
internal static class CloudClient
{
    /// <summary>Makes a client of one of Google's services, with what it can fail by told as a setting to mend.</summary>
    /// <exception cref="SettingsException">The endpoint is not a URL, or there are no credentials.</exception>
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
