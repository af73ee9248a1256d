using PixelPipeline.Cli;

using var interruption = new Interruption();
return await CommandLineRunner.RunAsync(PixelCommand.Root, args, interruption.Token);
