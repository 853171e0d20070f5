using Armature.Images;
using Armature.Processes;

using var handler = new ImageRequestHandler(ImageWorkerArguments.Read(args));
return ChildConsole.Run(handler);
