using System.Security.Cryptography;
using System.Text;
using PixelPipeline.Files;
using PixelPipeline.Settings;

namespace PixelPipeline.Local;

/// <summary>
/// The secret that a machine's own <c>visitor</c> is made with, where the settings name none: 64 hexadecimal digits in the data
/// folder, readable for its owner alone. What is processed again, by whatever command, has the same visitors.
/// </summary>
public static class VisitorSecretFile
{
    private const int SecretBytes = 32;

    /// <summary>The settings with the data folder's secret, where it has one and they name none.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="settings">Where <see cref="PipelineSetting.VisitorSecret"/> is given, be it as none, it stays.</param>
    /// <exception cref="StartFailedException">The file is there and cannot be read, or is no secret.</exception>
    public static PipelineSettings Settle(DataFolder data, PipelineSettings settings)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(settings);
        return settings.IsGiven(PipelineSetting.VisitorSecret) || !File.Exists(data.VisitorSecretFile) ? settings : settings.With(PipelineSetting.VisitorSecret, Read(data));
    }

    /// <summary>Makes the secret of a data folder that has none. The folder is locked.</summary>
    /// <exception cref="StartFailedException">It cannot be written.</exception>
    internal static void Ensure(DataFolder data)
    {
        if (File.Exists(data.VisitorSecretFile))
        {
            return;
        }

        try
        {
            DurableFile.Replace(data.VisitorSecretFile, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))), isPrivate: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(StartFailure.DataFolderUnusable, $"The data folder {data.Root} cannot be used: {e.Message}", e);
        }
    }

    private static string Read(DataFolder data)
    {
        try
        {
            var secret = File.ReadAllText(data.VisitorSecretFile).Trim();
            return PipelineSetting.VisitorSecret.Takes(secret)
                ? secret
                : throw new StartFailedException(StartFailure.DataFolderUnusable, $"{data.VisitorSecretFile} holds no secret: it {PipelineSetting.VisitorSecret.Rule}. Without the file, the next start makes a new one, and visitors get new names.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException(StartFailure.DataFolderUnusable, $"{data.VisitorSecretFile} cannot be read: {e.Message}", e);
        }
    }
}
